"""Names on a board: enough to tell people apart, and no more."""

from __future__ import annotations

from villagebook.domain.board_names import BoardNames
from villagebook.domain.mask import MaskReason
from villagebook.domain.roster import Household, Member

HOMES = (
    Household("01-007", 1, "王伟", (Member("王伟", "户主", 1970), Member("王小宝", "子", 2015))),
    Household("01-012", 1, "王伟", (Member("王伟", "户主", 1981),)),
    Household("02-003", 2, "王伟", (Member("王伟", "户主", 1975),)),
    Household("02-004", 2, "李芳", (Member("李芳", "户主", 1960),)),
    Household("03-001", 3, "小星", (Member("小星", "户主", 2012), Member("赵奶奶", "祖母", 1950))),
)
NAMES = BoardNames(HOMES, 2025)


def test_a_name_that_is_alone_in_its_group_stands_as_it_is():
    assert NAMES.household("02-004").with_group == "李芳（2组）"
    assert NAMES.household("02-003").with_group == "王伟（2组）", "the other two live in another group"
    assert NAMES.household("02-004").reason is None


def test_two_of_one_name_in_a_group_are_told_apart_by_two_figures():
    shown = [NAMES.household(code).with_group for code in ("01-007", "01-012")]
    assert shown == ["王伟·07（1组）", "王伟·12（1组）"]
    assert NAMES.household("01-007").reason is MaskReason.SAME_NAME


def test_a_minor_stands_under_the_guardian():
    child = NAMES.household("01-007", "王小宝")
    assert (child.with_group, child.reason) == ("王伟·07（代）（1组）", MaskReason.MINOR)
    orphan = NAMES.household("03-001")
    assert orphan.with_group == "赵奶奶（代）（3组）", "the head is a child, the grandmother answers"


def test_a_name_alone_is_looked_up_only_when_there_is_one():
    assert NAMES.person("李芳").with_group == "李芳（2组）"
    assert NAMES.person("王小宝").reason is MaskReason.MINOR
    assert NAMES.person("王伟").with_group == "王伟", "three people have this name"
    assert NAMES.person("县农机公司").with_group == "县农机公司"


def test_a_private_seller_stands_with_surname_group_and_the_figures_that_were_kept():
    assert NAMES.seller("李芳").with_group == "李某（2组）"
    assert NAMES.seller("许春雷", tail="14").with_group == "许某·14"
    assert NAMES.seller("许春雷").reason is MaskReason.SELLER
