"""What people write: the letters of languages, the most common first, and the code pages that
write them. :mod:`workspaces.worker.adapters.likelihood` makes chances of them.

A text in GB18030 that is read as Big5 is also made of Chinese characters, but of rare ones. The
most frequent 600 of some 50 000 characters are about two thirds of any Chinese text and a few
hundredths of a wrongly decoded one. In the same way a Polish text that is read as Western has
letters that no Western language has together.
"""

from __future__ import annotations

_HAN = (
    "的年国为一是在日中月于大有人会以后运行上主成学了和时发地部第举及与出个家公名作长分不最之生球办本新世海这其用而克他线次首选位区由任至政前到可下事路总将东道界体多加队小来"
    "方全并都间同员站得经自利市代开所等天口高子目因色建合足物入现项称者当说号法场表内通心外此对要过立比我金车就文也别期业民理式度机或史种参数震设但重进制里工面约五能两二明四"
    "水决计形近视系正定类社德排安起集性据常从力达器基点实科院门射列元无际属关则情相级条回周组支向版受型提如交治该示保处已江语委直非果接身打春花男包食持又增连看结单变传始编具"
    "权格纪预获火管续取较载们你您她吗呢吧请谢好什么怎样哪谁没把给让还很太真觉知想听吃买卖钱件码品价司客户址电话付款限责问题答案每只必须应按照规服务质量检查密封修维申报审批货"
    "收费税额账培训考勤假资料书技术使步骤注意章节附录图材备温压更换测试國為於後時軍與學會發個戰區這對東經來動機並開統電過內進業馬現當稱長將間產權體義達總設種數隊兩議從員領關"
    "約紀族著漢各些運車則實認計語場們選組島結空縣務命書無流屬線視造還說派資決反土省廣請謝問題讓給買賣錢麼嗎聽寫價號碼單據檢維護應該審驗規條聯絡訊網頁檔"
)
_HANGUL = (
    "이다는을의에가고하지은로사기도를리나대인한어시자서해그일아부정수있스들제으여전보과와간용장관된되합니습까요주계비상원면조성구동내연안선신중국품세공방금차할했였것러우만든"
    "또및등년월호소"
)
_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉「」『』【】—…·％～￥　．／－＋＝①②③④⑤"
_FULL_WIDTH = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B)]))

CHINESE = frozenset(_HAN)
HANGUL = frozenset(_HANGUL)
WIDE_PUNCTUATION = frozenset(_PUNCTUATION)
FULL_WIDTH = frozenset(_FULL_WIDTH)
HIRAGANA = frozenset(map(chr, range(0x3041, 0x3094)))
KATAKANA = frozenset(map(chr, [*range(0x30A1, 0x30F7), 0x30FC, 0x30FB]))

_WESTERN = {
    "en": "éïçöüèñ",
    "de": "üäößéèà",
    "fr": "éèàêçùâîôûëïœüæÿ",
    "es": "óíáéñúüçºª",
    "pt": "ãçáéíóõêâúàôüºª",
    "it": "èàùòìéóî",
    "ca": "àéóèíçòúüï",
    "nl": "ëéèïöüá",
    "sv": "äåöéà",
    "da": "øåæéüö",
    "is": "íáðþóéúýæö",
    "sq": "ëç",
}
_CENTRAL = {
    "pl": "ąęłóśżćńź",
    "cs": "íáěéřčžšýůúťďňó",
    "sk": "áíýčéžúšľťôňďäóĺŕ",
    "hu": "éáőöóüíúű",
    "ro": "ăţîşâ",
    "hr": "čšžćđ",
    "de": "üäößéèà",
}
_TURKISH = {"tr": "ışğüöçİâîû"}
_BALTIC = {
    "lt": "ėšųįžąčęū",
    "lv": "āīšēūļņčģķžŗ",
    "et": "äõüöšž",
}
_VIETNAMESE = {"vi": "\u0301\u0300đưêôơăâ\u0323\u0309\u0303áàíóúéèùâ"}
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_UKRAINIAN = "оанивіетрслкдумпязьбгчйхцюжїшєщґф"
_SLAVIC = {
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "bg": "аиоентрсвлдкпмгъзбуяжчщцхюйшфь",
    "sr": "аиоенрсјтувкдмлпгзбчшцћхжђњљфџ",
    "mk": "аоиентрвсклдпмугзјбчшцжфњхќџѓѕљ",
    "be": "анеоікстрлыдвяумгпцйьзўбчхюжэшёф",
}
_GREEK = {"el": "αοιετσνηυρπκμλςγωδίόάχήθέφβύξώζψϊΐϋΰ"}
_HEBREW = {"he": "יוהלאמתרבשנםעדקחפכןטסגזךץףצ"}
_ARABIC = "اليمنورتبعدسفةهكقجحأشصىطخضذءزثإئغظؤآ،؟؛\u064b\u0651\u064f\u064e\u0650"
_PERSIAN = "ایردنهوتمبسکشزگقفخعجحپآطصغضچذظثژئ،؟\u200c"
_THAI = {"th": "านรอกเง่้ัมยลวิดทสตะีปบคห์แจพุชขใไืูำโผ็ณภศธถซึฉฐญษฟฆฎฏฌฮๆฑฯ๐๑๒๓"}

WRITES = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1251": _SLAVIC,
    "koi8_r": {"ru": _RUSSIAN},
    "koi8_u": {"uk": _UKRAINIAN},
    "cp866": {"ru": _RUSSIAN},
    "iso8859_5": _SLAVIC,
    "cp1253": _GREEK,
    "iso8859_7": _GREEK,
    "cp1254": _TURKISH,
    "cp1255": _HEBREW,
    "cp1256": {"ar": _ARABIC, "fa": _PERSIAN},
    "iso8859_6": {"ar": _ARABIC},
    "cp1257": _BALTIC,
    "cp1258": _VIETNAMESE,
    "cp874": _THAI,
}
"""Code page -> the letters beyond ASCII of each language it is used for, the most common first."""

QUOTES = frozenset("“”‘’–—…«»„")
SIGNS = frozenset("\xa0°©®™€£§•·№‚‹›¿¡²³½±×´\xad†\u200e\u200f")
"""Marks that go with any language, the second less often."""

RARE = {"ca": -3.0, "sq": -3.0, "mk": -2.0, "be": -2.0, "is": -1.0}
"""How much less likely it is that a text is in a language that few write, in logarithms."""

PLAIN_ORDER = {
    "en": "etaoinshrdlcumwfgypbvkjxqz",
    "de": "enisratdhulcgmobwfkzvpjyxq",
    "fr": "esaitnrulodcmpvqfbghjxyzwk",
    "es": "eaosrnidlctumpbgvyqhfzjxkw",
    "pt": "aeosrindmutclpvghqbfzjxkwy",
    "it": "eaionlrtscdupmvghfbqzjkwxy",
    "ca": "easirlntoducmpvbgfqhjxyzkw",
    "nl": "enatirodslghvkmubpwjczfxyq",
    "sv": "eantrsildomgkvfhupbcjyxwzq",
    "da": "erntidslagomkfvubhpcjyzwxq",
    "fi": "aintesloukmvrjhypdgbfcwqzx",
    "is": "raniestulgmkfhvodbjypcxwqz",
    "sq": "etinasrhkuldmojpgzbvyqfcxw",
    "pl": "aioeznrwscytkdpmuljbghfvqx",
    "cs": "eoantvslkidrpmuzjybchgfxwq",
    "sk": "aoenitsvrlkdmupzcjbyhgfxwq",
    "hu": "eatlnskorizgmdvbpjhuyfcwxq",
    "ro": "eaitrnulcosdpmfvgbzhjxkwyq",
    "hr": "aioenrstjukvdlmpgzbchfxywq",
    "tr": "aeinrlkdmtysubogzvhpcfjwxq",
    "lt": "iasteurnokmlpvdjgbyczfhqwx",
    "lv": "aisteurnmkopldvzgjbcfhyqwx",
    "et": "aieslutkndmrovpghjbyfcwzxq",
    "vi": "nhtcigaouldmrsbpvyqkexjfwz",
}
"""The plain letters of the languages in Latin letters, the most common first."""
