"""What posts and relations are called, for rules and screens alike."""

from __future__ import annotations

from villagebook.domain.kinship import Relation
from villagebook.domain.people import PostKind
from villagebook.i18n import N_, _

_POSTS = {
    PostKind.DIRECTOR: N_("Village director"),
    PostKind.DEPUTY_DIRECTOR: N_("Deputy director"),
    PostKind.SECRETARY: N_("Party secretary"),
    PostKind.DEPUTY_SECRETARY: N_("Deputy secretary"),
    PostKind.SUPERVISION_HEAD: N_("Head of supervision"),
    PostKind.SUPERVISOR: N_("Supervisor"),
    PostKind.CLERK: N_("Reporting clerk"),
    PostKind.CASHIER: N_("Cashier"),
    PostKind.ACCOUNTANT: N_("Accountant"),
    PostKind.TOWNSHIP: N_("Township officer"),
    PostKind.COMMITTEE_MEMBER: N_("Member of the village committee"),
    PostKind.BOARD_MEMBER: N_("Member of the cooperative's board"),
}
_RELATIONS = {
    Relation.SPOUSE: N_("husband or wife"),
    Relation.PARENT: N_("father or mother"),
    Relation.CHILD: N_("son or daughter"),
    Relation.SIBLING: N_("brother or sister"),
    Relation.GRANDPARENT: N_("grandparent"),
    Relation.GRANDCHILD: N_("grandchild"),
    Relation.IN_LAW: N_("relative by marriage"),
    Relation.OTHER: N_("other tie"),
}


def post_title(kind: PostKind) -> str:
    return _(_POSTS[kind])


def relation_title(relation: Relation) -> str:
    return _(_RELATIONS[relation])
