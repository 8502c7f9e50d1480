"""Text as it is meant: without spaces, full width, signs between the characters, tones and traditional forms.

Word lists of the township are compared with folded text, so that no way of writing a word passes by the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

_PAIRS = (
    "煙烟菸烟酒酒飯饭請请餐餐費费禮礼遊游樂乐館馆賓宾誤误補补貼贴慰慰問问撫抚恤恤"
    "卹恤喪丧優优養养發发糧粮農农業业險险戶户補补償偿徵征劃划項项目目"
    "車车輛辆運运輸输機机場场飛飞鐵铁路路橋桥燈灯電电纜缆線线網网訊讯話话紙纸筆笔"
    "報报紀纪會会議议辦办公公務务員员資资產产買买賣卖購购銷销價价錢钱銀银幣币帳账賬账"
    "單单據据證证書书簽签選选舉举學学習习訓训練练課课講讲師师醫医藥药療疗衛卫"
    "環环淨净潔洁壩坝渠渠溝沟灣湾塊块牆墙圍围門门窗窗廣广場场綠绿樹树種种植植"
    "檢检驗验設设計计監监督督審审覈核圖图標标牌牌宣宣傳传慶庆節节婦妇兒儿"
    "歲岁壽寿殘残貧贫難难災灾搶抢險险護护衝冲際际龍龙魚鱼雞鸡鴨鸭豬猪羊羊"
    "葷荤席席雲云貴贵廠厂鄉乡鎮镇縣县區区裝装備备維维燒烧烤烤滷卤麵面點点"
    "滅灭隊队團团組组織织長长級级個个兩两萬万億亿與与為为來来無无還还這这們们"
    "總总賠赔償偿歸归繳缴納纳稅税額额預预備备餘余結结轉转滾滚動动態态實实際际"
    "調调劑剂復复複复修修繕缮經经營营緊紧開开關关閉闭間间陸陆續续險险適适應应"
    "聯联絡络臨临時时舊旧蘭兰蘆芦葉叶殼壳殺杀毀毁廢废棄弃條条東东樓楼層层"
    "壓压廳厅廁厕園园處处號号術术衣衣襯衬補补褲裤觀观視视覺觉詢询試试誌志認认"
    "誰谁論论證证識识警警譯译護护讓让變变豐丰負负財财責责貨货質质賀贺賃赁"
    "趕赶跡迹軍军軟软輪轮辭辞邊边達达過过遠远違违遲迟遷迁郵邮鄰邻醬酱釀酿"
    "針针釘钉鋼钢錄录鍋锅鏡镜鑰钥鑽钻閥阀陣阵陳陈陰阴隨随雙双雜杂離离靜静頂顶順顺須须"
    "頭头題题顏颜願愿類类顧顾風风飲饮飾饰餅饼餵喂騎骑驅驱體体鬥斗鬧闹鳥鸟鹽盐麥麦黃黄齊齐齒齿"
    "張张劉刘國国楊杨趙赵吳吴孫孙馬马鄭郑謝谢韓韩馮冯鄧邓許许蕭萧閻阎羅罗盧卢鍾钟鐘钟譚谭賴赖"
    "範范蔣蒋賈贾龔龚嚴严傑杰偉伟強强彊强華华紅红麗丽鳳凤鵬鹏輝辉煇辉濤涛穎颖勝胜興兴榮荣義义"
    "寶宝愛爱錦锦銘铭嬌娇瑩莹靈灵豔艳艷艳譽誉聲声亞亚啟启啓启聖圣曉晓棟栋燦灿瓊琼瑋玮蓮莲薔蔷"
    "蘇苏蘋苹賢贤贊赞週周鄒邹鄔邬鈞钧鋒锋銳锐鎖锁閔闵闊阔陽阳顯显駿骏鴻鸿鶴鹤魯鲁鮑鲍齡龄龐庞"
    "歐欧滿满澤泽瀾澜熱热爾尔獻献瑤瑶畢毕眾众碩硕祿禄禎祯穀谷竇窦築筑籃篮純纯紹绍綱纲緒绪縱纵"
    "繼继聞闻聰聪肅肃莊庄薑姜藍蓝誠诚諸诸諾诺謙谦貝贝貞贞躍跃軒轩載载輔辅連连進进遺遗鄺邝釗钊"
    "鋁铝錫锡鏈链鑄铸閃闪閣阁隴陇韋韦頌颂領领頻频飼饲饒饶馭驭騰腾驕骄鵝鹅峯峰羣群堅坚堯尧塗涂"
    "執执墊垫壇坛幫帮庫库廬庐徑径從从憲宪懷怀戰战掃扫換换擔担擴扩攤摊敵敌數数於于晝昼暢畅樁桩"
    "構构槍枪樑梁橫横檔档櫃柜歡欢氣气決决沖冲況况淺浅湯汤準准溫温漁渔漲涨灑洒煉炼爐炉牀床狀状"
    "獎奖獲获現现畝亩當当盡尽盤盘礦矿確确積积稱称穩稳竈灶糞粪紗纱細细終终給给絲丝緣缘縫缝繩绳"
    "罰罚職职脫脱膠胶臺台艙舱藝艺蟲虫裏里製制見见規规訂订記记訪访詳详該该謀谋貿贸贈赠軌轨軸轴"
    "較较輕轻轟轰釐厘鉛铅銅铜鋪铺錶表鍵键"
)
_SIMPLE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
"""Traditional -> simplified, for the words money is spent with and for names of people and shops; not a dictionary."""

_RADICALS = dict(
    zip(
        "⺁⺄⺇⺎⺒⺓⺝⺠⺩⺫⺮⺼⺽⻁⻄⻅⻆⻉⻋⻌⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙几兀巳幺月民王目竹月臼虎西见角贝车辶长长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
"""Radicals that look like whole characters and that Unicode's compatibility forms leave alone -> the characters."""

_INVISIBLE = frozenset("\u115f\u1160")
"""Letters by their class that show nothing: the fillers of Hangul, as the compatibility forms have them."""

_SHORTEST_NAME = 2


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Only letters, figures and characters that are seen: half width, lower case, without tones, in simplified characters.

    Figures of every script are those of ours.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(_one(c) for c in plain)


def _one(char: str) -> str:
    """A character as it is compared, "" for what nobody reads."""
    if char in _RADICALS:
        return _RADICALS[char]
    if not char.isalnum() or char in _INVISIBLE:
        return ""
    return str(unicodedata.decimal(char)) if char.isdecimal() else _SIMPLE.get(char, char)


_BEHIND = re.compile(r"[(\[【〔][^(\[【〔]*$")


def name_key(name: str) -> str:
    """By whom a name is known however it is written; a bracket behind it (a group, an owner, a branch) is no part of it.

    A bracket within a name, as of 某某(北京)有限公司, stays.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    bare = _BEHIND.sub("", plain) if plain.endswith((")", "]", "】", "〕")) or not _closed(plain) else plain
    return folded(bare) if len(folded(bare)) >= _SHORTEST_NAME else folded(plain)


def _closed(text: str) -> bool:
    return all(text.count(a) <= text.count(b) for a, b in ("()", "[]", "【】", "〔〕"))


def is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[str, ...]:
    """A folded text as single characters and whole runs of Latin letters."""
    made: list[str] = []
    for char in folded(text):
        if is_latin(char) and made and is_latin(made[-1]):
            made[-1] += char
        else:
            made.append(char)
    return tuple(made)


def holds_word(text: str, word: str, spelt: Mapping[str, str] | None = None) -> bool:
    """Say whether a text holds a word, however it is written; `spelt` gives the pinyin of single characters.

    A word in Latin letters counts as a whole word only: `jiu` is not in `jiuye`. Characters and pinyin may be mixed.
    """
    wanted = folded(word)
    if not wanted:
        return False
    if is_latin(wanted):
        return wanted in _pieces(text) or any(wanted in _pieces(part) for part in text.split())
    if wanted in folded(text):
        return True
    sounds = spelt or {}
    return any(c in sounds for c in wanted) and _spelt(_pieces(text), wanted, sounds)


def _spelt(pieces: tuple[str, ...], wanted: str, sounds: Mapping[str, str]) -> bool:
    return any(_fits(pieces[at:], wanted, sounds) for at in range(len(pieces)))


def _fits(pieces: tuple[str, ...], wanted: str, sounds: Mapping[str, str]) -> bool:
    """The word stands at the beginning of the pieces; a run of letters is used up whole."""
    left = wanted
    for piece in pieces:
        if not left:
            return True
        if piece == left[0]:
            left = left[1:]
            continue
        if not is_latin(piece):
            return False
        rest = piece
        while rest and left and left[0] in sounds and rest.startswith(sounds[left[0]]):
            rest, left = rest[len(sounds[left[0]]) :], left[1:]
        if rest:
            return False
    return not left


def first_word(texts: Iterable[str], words: Iterable[str], spelt: Mapping[str, str] | None = None) -> str:
    """The first word of a list that one of the texts holds, "" for none."""
    told = tuple(texts)
    return next((word for word in words if any(holds_word(text, word, spelt) for text in told)), "")
