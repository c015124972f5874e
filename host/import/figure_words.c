#include "import/figure_words.h"

#include <stddef.h>

/* Rows of a class go by language: en de nl fr es pt it ro, pl cs ru uk, el tr, ar fa ur he,
 * zh ja ko. Words that also mean something else before a number ("over" in "over 65s") are in it
 * only if the other sense is ruled out by what follows. */
const struct ink_figure_words ink_figure_words[] = {
    {INK_FIGURE_ABOUT, "about|around|approximately|approx.|roughly|some|nearly|almost|close to|"
                       "at least|at most|more than|less than|fewer than|over|up to|as many as|"
                       "as much as|an estimated|estimated|well over|just over|just under|under|"
                       "above|below|upwards of|no fewer than|not less than|circa|c.|ca."},
    {INK_FIGURE_ABOUT, "etwa|rund|ungefähr|zirka|mindestens|wenigstens|höchstens|mehr als|weniger "
                       "als|über|knapp|fast|gut|bis zu|an die|nahezu|unter"},
    {INK_FIGURE_ABOUT, "environ|près de|plus de|plus d'|plus d’|moins de|au moins|quelque|jusqu'à|"
                       "jusqu’à|presque|autour de|à peu près|au plus|pas moins de|prés de"},
    {INK_FIGURE_ABOUT,
     "al menos a|unos|unas|cerca de|alrededor de|aproximadamente|casi|más de|menos de|al "
     "menos|por lo menos|hasta|como mínimo|mais de|pelo menos|ao menos|quase|"
     "até|perto de|à volta de|no mínimo"},
    {INK_FIGURE_ABOUT, "circa|quasi|oltre|più di|meno di|almeno|fino a|intorno a|attorno a|ben|"
                       "aproximativ|cel puțin|cel putin|peste|aproape|mai mult de|până la|sub"},
    {INK_FIGURE_ABOUT, "około|ok.|ponad|co najmniej|przynajmniej|prawie|niemal|blisko|do|asi|"
                       "přibližně|nejméně|alespoň|více než|méně než|přes|skoro|téměř|až|zhruba"},
    {INK_FIGURE_ABOUT, "около|примерно|приблизительно|порядка|почти|более|более чем|не менее|не "
                       "более|менее|менее чем|свыше|больше|до|как минимум|минимум|близько|"
                       "приблизно|понад|майже|щонайменше|принаймні|більше|більш як|не менше|менше"},
    {INK_FIGURE_ABOUT, "περίπου|τουλάχιστον|πάνω από|πάνω απο|σχεδόν|περισσότεροι από|"
                       "περισσότερα από|κάτω από|μέχρι|έως|yaklaşık|en az|yaklasik|neredeyse|"
                       "fazla"},
    {INK_FIGURE_ABOUT,
     "نحو|حوالي|حوالى|قرابة|أكثر من|ما لا يقل عن|على الأقل|أقل من|تقریبا|حدود|"
     "بیش از|دست‌کم|دستکم|کم از کم|تقریباً|زیادہ سے "
     "زیادہ|כ־|כ-|לפחות|יותר "
     "מ־|יותר "
     "מ-|כמעט|מעל"},
    {INK_FIGURE_ABOUT, "约|約|大约|近|至少|超过|超過|逾|少なくとも|およそ|およそ約|약|최소|적어도"},
    {INK_FIGURE_ABOUT, "~|∼|≈|≥|≤|>|<|±"},
    {INK_FIGURE_NOT,
     "no|not|nicht|niet|pas|non|nu|não|nie|ne|не|δεν|όχι|لا|ليس|ما|نه|לא|不|未|没有|沒有"},
    {INK_FIGURE_DENIED,
     "deny|denies|denied|denying|refutes|refuted|debunked|fact check|fact-check|false|hoax|fake|"
     "did not|does not|do not|was not|were not|is not|are not|has not|have not|never|didn't|"
     "doesn't|wasn't|weren't|isn't|aren't|didn’t|doesn’t|wasn’t|weren’t|isn’t|aren’t|"
     "dementiert|bestreitet|faktencheck|dément|démentit|démentent|niega|niegan|desmiente|"
     "desmienten|bulo|smentisce|smentiscono|desmente|desmentem|nega|ontkent|zaprzecza|"
     "dementuje|popírá|dezminte|опроверг*|опровергает|отрицает|отрицают|фейк|спростув*|"
     "заперечує|заперечують|διαψεύδει|yalanladı|نفى|تنفي|ينفي|הכחיש|否认|否認|辟谣|부인"},
    {INK_FIGURE_MORE, "+|多|余|餘|以上|여"},

    {INK_FIGURE_CURRENCY,
     "$|us$|us $|a$|au$|c$|ca$|hk$|nz$|r$|€|£|¥|₹|₽|₴|₺|₪|₩|usd|eur|gbp|chf|"
     "rs|rs.|s$|nt$"},
    {INK_FIGURE_MONEY,
     "dollar|dollars|us dollars|euro|euros|pounds|yen|yuan|rupees|roubles|rubles|"
     "hryvnia|hryvnias|shekels|francs|cents|usd|eur|gbp|chf|pln|uah|rub|€|$|£|₽|₴|"
     "₺|₪|us$|us-dollar|pfund|franken|rubel|"
     "dólares|dolares|reais|libras|dollari|sterline|lei|de lei|lire|złotych|zł|"
     "zl|euro|dolarów|korun|kč|eur|рублей|руб.|руб|долларов|доллара|евро|гривен|"
     "гривень|грн|доларів|євро|ευρώ|δολάρια|lira|tl|avro|دولار|يورو|יורו|דולר|"
     "שקל|元|美元|欧元|円|ドル|ユーロ|원|달러|유로"},
    {INK_FIGURE_PERCENT, "%|٪|％|percent|per cent|pct|percentage points|percentage point|prozent|"
                         "prozentpunkte|procent|pour cent|por ciento|por cento|per cento|la sută|"
                         "procent*|процент*|відсотк*|τοις εκατό|بالمئة|بالمائة|درصد|فیصد|אחוז|"
                         "אחוזים|퍼센트"},

    {INK_FIGURE_MEASURE, "km|km²|km2|sq km|sq. km|sq m|m²|m³|square kilometres|square kilometers|"
                         "square kilometre|square miles|square metres|square meters|square feet|"
                         "sq ft|kilometres|kilometers|kilometre|kilometer|miles|mile|metres|meters|"
                         "metre|feet|foot|ft|cm|mm|m|acres|hectares|ha|kg|tonnes|tons|metric tons|"
                         "tonne|ton|pounds of|litres|liters|gallons|barrels|barrels a day|bpd|"
                         "b/d|km/h|kph|mph|knots|°c|°f|°|degrees|mw|gw|kw|kwh|mwh|gwh|twh|mb|gb|"
                         "tb|megawatts|gigawatts|basis points|bps|points|kilograms|kilogram"},
    {INK_FIGURE_MEASURE,
     "qkm|quadratkilometer*|quadratmeter*|kilometern|meter|metern|meilen|hektar|"
     "tonnen|liter|grad|megawatt|gigawatt|kilometer*|kilo|kilogramm|km/h"},
    {INK_FIGURE_MEASURE,
     "kilogramm*|kilogramo*|chilogramm*|chili|kilos|punti|puntos|"
     "kilomètre*|kilomètres carrés|mètre*|mètres carrés|tonnes|litres|barils|"
     "hectare|degrés|kilómetros|kilómetros cuadrados|metros|metros cuadrados|"
     "toneladas|hectáreas|litros|barriles|grados|quilómetros|quilômetros|"
     "hectares|barris|graus|chilometri|chilometri quadrati|metri|metri quadrati|"
     "tonnellate|ettari|litri|barili|gradi|km quadrati|km cuadrados|km carrés|"
     "tone|hectare|metri pătrați|kmp"},
    {INK_FIGURE_MEASURE, "kilometrów|metrów|ton|hektarów|stopni|kilometrů|metrů|tun|hektarů|stupňů|"
                         "км|кв. км|кв.км|км²|км2|кв. м|м²|м|га|кг|тонн|тонны|километров|метров|"
                         "гектаров|градусов|литров|баррелей|кілометрів|метрів|гектарів|градусів|"
                         "літрів|барелів|квт|мвт|гвт|км/ч|км/год|°с"},
    {INK_FIGURE_MEASURE,
     "χλμ|χλμ.|τ.χλμ.|χιλιόμετρα|μέτρα|τόνοι|τόνους|στρέμματα|βαθμούς|"
     "kilometre|metre|ton|hektar|kilometrekare|dönüm|derece|كيلومتر*|كلم|كم|طن|"
     "متر|برميل|کیلومتر|تن|קמ\"ר|קמ״ר|ק״מ|טון|קילומטר*|公里|平方公里|米|吨|噸|公顷|"
     "キロ|平方キロ|トン|メートル|킬로미터|㎞|미터|톤"},

    {INK_FIGURE_MAGNITUDE, "million|millions|billion|billions|trillion|thousand|m|mn|mln|bn|b|tn|k|"
                           "lakh|crore|hundred thousand"},
    {INK_FIGURE_MAGNITUDE, "tausend|millionen|milliarden|milliarde|mio.|mio|mrd.|mrd|billionen|"
                           "miljoen|miljard|mille|millions|milliards|milliard|md|mds|md.|mil|"
                           "millones|mil millones|millón|milhões|milhão|mil milhões|bilhões|"
                           "bilhão|mila|milioni|miliardi|miliardo|milione|mld|mld.|mii|de mii|"
                           "milioane|de milioane|miliarde|de miliarde"},
    {INK_FIGURE_MAGNITUDE, "tys.|tys|tysięcy|tysiące|mln|mln.|milionów|miliony|miliardów|"
                           "miliardy|tis.|tisíc|milionů|miliard|mil.|тыс.|тыс|тысяч|тысячи|"
                           "млн|млн.|миллион*|млрд|млрд.|миллиард*|тис.|тис|тисяч|тисячі|мільйон*|"
                           "мільярд*|трлн"},
    {INK_FIGURE_MAGNITUDE, "χιλιάδες|εκατ.|εκατομμύρι*|δισ.|δισεκατομμύρι*|bin|milyon|milyar|ألف|"
                           "آلاف|مليون|ملايين|مليار|مليارات|هزار|میلیون|میلیارد|ہزار|لاکھ|کروڑ|"
                           "אלף|אלפי|מיליון|מיליארד|万|億|亿|萬|千|百万|兆|만|억|조|천"},

    {INK_FIGURE_VICTIMS,
     "dead|killed|deaths|wounded|injured|hurt|missing|people dead|people killed|"
     "people died|people injured|people wounded|people missing|casualties|"
     "fatalities|tote|todesopfer|verletzte|vermisste|opfer|doden|gewonden|"
     "morts|blessés|disparus|tués|victimes|muertos|heridos|fallecidos|muertes|decessi|décès|"
     "desaparecidos|víctimas|mortos|feridos|vítimas|mortes|morti|feriti|"
     "vittime|dispersi|morți|răniți"},
    {INK_FIGURE_VICTIMS,
     "zabitych|rannych|ofiar|mrtvých|zraněných|погибших|раненых|погибли|убитых|"
     "пострадавших|загиблих|поранених|постраждалих|νεκροί|νεκρούς|τραυματίες|"
     "ölü|yaralı|قتيل*|قتلى|جريح*|جرحى|کشته|زخمی|ہلاک|הרוגים|פצועים|"
     "人死亡|人受伤|死|死亡|人死|伤|人遇难|人失踪|人死傷|人負傷|명 사망|명 부상"},
    {INK_FIGURE_COUNTED,
     "people|persons|civilians|soldiers|troops|migrants|refugees|children|women|"
     "men|homes|houses|jobs|workers|protesters|demonstrators|passengers|cases|"
     "residents|families|prisoners|hostages|fighters|police|officers|students|"
     "votes|seats|students|patients|households|customers|arrests|protestors|"
     "members|countries|villages|towns|cities|drones|missiles|rockets|"
     "airstrikes|victims|evacuees|buildings|vehicles|tanks|survivors|voters"},
    {INK_FIGURE_COUNTED,
     "menschen|personen|soldaten|flüchtlinge|migranten|zivilisten|kinder|frauen|"
     "häuser|haushalte|stellen|arbeitsplätze|fälle|demonstranten|drohnen|"
     "raketen|bewohner|einwohner|polizisten|festnahmen|stimmen|sitze|mensen|"
     "personnes|soldats|réfugiés|migrants|civils|enfants|manifestants|emplois|"
     "maisons|cas|logements|arrestations|habitants|voix|militaires"},
    {INK_FIGURE_COUNTED,
     "personas|soldados|refugiados|migrantes|civiles|niños|manifestantes|empleos|"
     "viviendas|casos|detenidos|habitantes|pessoas|civis|crianças|moradores|"
     "presos|persone|soldati|rifugiati|migranti|civili|bambini|manifestanti|"
     "casi|arresti|abitanti|profughi|persoane|oameni|cazuri|soldați|uomini"},
    {INK_FIGURE_COUNTED, "osób|ludzi|żołnierzy|uchodźców|dzieci|domów|lidí|osob|vojáků|uprchlíků|"
                         "человек|людей|солдат|военных|беженцев|детей|домов|случаев|осіб|солдатів|"
                         "військових|біженців|дітей|будинків|випадків|дронов|дронів|ракет|"
                         "άνθρωποι|άτομα|ανθρώπους|στρατιώτες|πρόσφυγες|κρούσματα|kişi|asker|"
                         "mülteci|göçmen|شخص*|جندي*|لاجئ*|مدني*|نفر|افراد|سرباز|אנשים|חיילים|"
                         "פליטים|人|名|万人|名士兵|人以上|户|棟|명|가구"},

    {INK_FIGURE_VERB, "kills|kill|killed|killing|wounds|wounded|wounding|injures|injured|injuring|"
                      "tötet|tue|tuent|mata|matan|mueren|muoiono|uccide|uccidono"},
    {INK_FIGURE_TO, "to|or|bis|tot|à|a|até|la|do|až|до|έως|إلى|ila|تا|עד|从|-|–"},
    {INK_FIGURE_BETWEEN, "between|zwischen|tussen|entre|entre el|entre los|entre las|entre les|tra|"
                         "tra il|tra i|tra le|fra|fra il|fra i|fra le|między|mezi|между|між|"
                         "μεταξύ|بين|בין"},
    {INK_FIGURE_AND, "and|und|en|et|y|e|și|i|a|и|і|та|και|ve|و"},
    {INK_FIGURE_OF, "of|de|d'|d’|di|von|van|us"},

    {INK_FIGURE_TIME, "a.m.|p.m.|am|pm|a.m|p.m|o'clock|o’clock|gmt|utc|uhr|hrs|hours|hour|"
                      "minutes|minute|seconds|second|days|day|weeks|week|months|month|years|year|"
                      "decades|years old|year old|years'|days'|hours'|bc|bce|stunden|minuten|"
                      "tage*|wochen|monate*|jahre*|heures|heure|jours|semaines|mois|ans|années|"
                      "horas|días|dias|semanas|meses|años|anos|minutos|ore|giorni|settimane|mesi|"
                      "anni|minuti|zile|ani|luni|săptămâni|godzin|dni|tygodni|miesięcy|lat|hodin|"
                      "dnů|týdnů|měsíců|let|часов|часа|дней|дня|недель|месяцев|лет|года|минут|"
                      "годин|днів|тижнів|місяців|років|хвилин|ώρες|ημέρες|μέρες|μήνες|χρόνια|έτη|"
                      "saat|gün|hafta|ay|yıl|yaşında|ساعة|يوم*|أسبوع*|شهر*|عام*|سنة|سنوات|روز|"
                      "سال|ساعت|ימים|שעות|שנים|שבועות|年|月|日|时|時|点|小时|分|天|周|岁|歳|年間|"
                      "日間|時間|년|월|일|시|분|살|세"},
    {INK_FIGURE_TIME, "january|february|march|april|may|june|july|august|september|october|"
                      "november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|januar|"
                      "februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|"
                      "juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|"
                      "mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|de enero|de "
                      "febrero|de marzo|de abril|de mayo|de junio|de julio|de agosto|de septiembre|"
                      "de octubre|de noviembre|de diciembre|janeiro|fevereiro|março|maio|junho|"
                      "julho|setembro|outubro|novembro|dezembro|de janeiro|de fevereiro|de março|"
                      "de maio|de junho|de julho|de setembro|de outubro|de novembro|de dezembro|"
                      "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"},
    {INK_FIGURE_TIME, "ianuarie|februarie|martie|aprilie|iunie|iulie|septembrie|octombrie|"
                      "noiembrie|decembrie|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|"
                      "sierpnia|września|października|listopada|grudnia|ledna|února|března|dubna|"
                      "května|června|července|srpna|září|října|prosince|января|февраля|марта|"
                      "апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|"
                      "березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|"
                      "ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|"
                      "σεπτεμβρίου|οκτωβρίου|νοεμβρίου|δεκεμβρίου|ocak|şubat|mart|nisan|mayıs|"
                      "haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|يناير|فبراير|مارس|أبريل|"
                      "مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ינואר|פברואר|מרץ|אפריל|"
                      "מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר|באוגוסט"},

    {INK_FIGURE_LABEL, "no|no.|nos.|number|nr|nr.|nº|n°|№|#|article|art.|articles|section|chapter|"
                       "page|p.|pp.|paragraph|route|highway|interstate|flight|room|gate|channel|"
                       "unit|reactor|building|block|type|model|boeing|airbus|apollo|soyuz|day|"
                       "phase|round|stage|level|grade|group|class|version|windows|android|ios|"
                       "iphone|galaxy|mark|mk|mp|pier|line|track|platform|lot|resolution|"
                       "proposition|protocol|amendment|title|part|volume|vol.|episode|season|"
                       "game|week|super bowl|formula|area|site|camp|tower|studio|district|ward|"
                       "precinct|task force|brigade|regiment|squadron|agenda|euro|group of|g|"
                       "age|aged|ages|age of"},
    {INK_FIGURE_LABEL, "artikel|seite|zimmer|flug|linie|kapitel|absatz|paragraf|paragraph|artículo|"
                       "article|vol|página|page|articolo|legge|pagina|volo|artykuł|ustawa|strona|"
                       "rejs|článek|статья|статьи|рейс|стаття|статті|άρθρο|πτήση|madde|sayfa|"
                       "المادة|رحلة|第|alter|agé de|âgé de|âgée de|edad|età"},
    {INK_FIGURE_LABEL, "january|february|march|april|may|june|july|august|september|october|"
                       "november|december|jan.|feb.|mar.|apr.|aug.|sept.|sep.|oct.|nov.|dec.|jan|"
                       "feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"},
    {0, NULL}};
