"""What the invented libraries write, by theme: eight kinds of projects, so that no two neighbours read alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """The sentences of one kind of project."""

    summary: str
    need: str
    targets: tuple[str, ...]
    goal: str
    innovation: str
    objective: str
    result: str
    impact: str
    sustainability: str
    done: str
    """What a progress report of such a project tells."""


THEMES = {
    "digital": Theme(
        summary="Filialuose rengiame dirbtuves, kuriose žmonės mokosi naudotis e. paslaugomis savo telefonu.",
        need="Apklausėme 214 gyventojų: 63 proc. vyresnių nei 60 metų niekada nesinaudojo e. paslaugomis.",
        targets=("seniors", "youth"),
        goal="Atokių kaimų gyventojai savarankiškai naudojasi e. paslaugomis.",
        innovation="Kilnojamosios dirbtuvės atvyksta į filialą; jaunimas moko vyresnius.",
        objective="Surengti dirbtuves visuose filialuose",
        result="Surengti 24 užsiėmimai",
        impact="Apklausiame dalyvius prieš dirbtuves ir po jų.",
        sustainability="Dirbtuves tęsime savivaldybės lėšomis, priemonės lieka filialams.",
        done="Surengta 12 užsiėmimų penkiuose filialuose, dalyvavo 146 žmonės.",
    ),
    "community": Theme(
        summary="Biblioteka tampa vieta, kur kaimynai moko kaimynus: vakarai, bendri darbai, stalo žaidimai.",
        need="Trijuose kaimuose nebeliko kultūros namų; susitikti galima tik bibliotekoje, bet ji dirba iki 17 val.",
        targets=("all",),
        goal="Kiekvieną savaitę bibliotekoje vyksta bent vienas pačių gyventojų surengtas vakaras.",
        innovation="Vakarų programą sudaro gyventojai; biblioteka duoda raktą, vietą ir pagalbą.",
        objective="Suburti vakarų rengėjus ir išmokyti juos vesti susitikimus",
        result="Surengti 24 vakarai",
        impact="Skaičiuojame rengėjus, dalyvius ir naujus bibliotekos lankytojus.",
        sustainability="Rengėjų būrelis tęsia darbą; patalpas ir šildymą apmoka seniūnija.",
        done="Surengta vienuolika vakarų, septynis iš jų vedė patys gyventojai.",
    ),
    "history": Theme(
        summary="Su vyresniais gyventojais įrašome vietos pasakojimus ir atveriame juos internete ir parodose.",
        need="Žmonėms, kurie prisimena pokarį, per aštuoniasdešimt; jų pasakojimų niekas neįrašė.",
        targets=("seniors", "youth"),
        goal="Vietos atmintis įrašyta, aprašyta ir prieinama kiekvienam.",
        innovation="Pasakojimus įrašo moksleiviai; biblioteka moko klausti, įrašyti ir gerbti asmens duomenis.",
        objective="Įrašyti ir paskelbti gyventojų pasakojimus",
        result="Įrašyti ir paskelbti 24 pasakojimai",
        impact="Skaičiuojame pasakotojus, klausytojus ir moksleivius, išmokusius įrašyti.",
        sustainability="Įrašai lieka bibliotekos rinkinyje ir regiono portale.",
        done="Įrašyta penkiolika pasakojimų, aštuoni jau paskelbti portale.",
    ),
    "reading": Theme(
        summary="Skaitymo vietas atveriame ten, kur žmonės būna vasarą: pievoje, prie vandens, stotelėje.",
        need="Vasarą filialų lankytojų sumažėja perpus, o poilsiautojų kaime padvigubėja.",
        targets=("children", "all"),
        goal="Žmonės skaito ir susitinka ne tik bibliotekos pastate.",
        innovation="Lentynos be užrakto: knygą pasiimi be kortelės, grąžini bet kurioje vietoje.",
        objective="Įrengti lauko skaityklas ir surengti jose skaitymus",
        result="Surengti 24 skaitymai",
        impact="Skaičiuojame skaitymus, dalyvius ir grįžusias knygas.",
        sustainability="Lentynas prižiūri vietos bendruomenės, knygas papildo biblioteka.",
        done="Pastatytos keturios lauko skaityklos, surengta dešimt skaitymų.",
    ),
    "children": Theme(
        summary="Kaimo vaikams po pamokų rengiame būrelius, į kuriuos nereikia važiuoti į miestą.",
        need="Iš 96 mokinių tik 11 lanko bent vieną būrelį: autobusas į miestą išvyksta iškart po pamokų.",
        targets=("children", "youth"),
        goal="Kaimo vaikai po pamokų turi ką veikti ir kur augti.",
        innovation="Būrelį veda bibliotekininkas ir vyresnis mokinys; priemonės keliauja iš filialo į filialą.",
        objective="Surengti būrelių ciklą visuose filialuose",
        result="Surengti 24 užsiėmimai",
        impact="Stebime lankomumą ir ko vaikai išmoko: prieš ciklą ir po jo.",
        sustainability="Priemonės lieka filialams, būrelius tęsia mokyklos ir bibliotekos susitarimas.",
        done="Būreliai veikia keturiuose filialuose, nuolat lanko 58 vaikai.",
    ),
    "seniors": Theme(
        summary="Vyresni žmonės bibliotekoje mokosi, moko kitus ir nebesijaučia vieni.",
        need="Trečdalis rajono gyventojų vyresni nei 65 metų; pusė jų gyvena vieni.",
        targets=("seniors",),
        goal="Vyresni žmonės dalyvauja bendruomenės gyvenime ir patys ką nors duoda kitiems.",
        innovation="Mokytojai yra patys senjorai: kiekvienas išmoko trejetą kaimynų.",
        objective="Parengti senjorus mokytojus ir surengti užsiėmimus",
        result="Surengti 24 užsiėmimai",
        impact="Klausiame dalyvių, kaip keitėsi jų savarankiškumas ir bendravimas.",
        sustainability="Senjorų mokytojų ratas susitinka bibliotekoje ir be projekto lėšų.",
        done="Parengta devynių senjorų mokytojų grupė, surengta trylika užsiėmimų.",
    ),
    "jobs": Theme(
        summary="Bibliotekoje padedame ieškoti darbo: gyvenimo aprašymas, pokalbis, nuotolinio darbo vieta.",
        need="Užimtumo tarnybos skyrius už 34 km; iš 180 darbo ieškančių žmonių 70 neturi interneto namuose.",
        targets=("jobseekers", "youth"),
        goal="Darbo ieškantys gyventojai randa pagalbą ten, kur gyvena.",
        innovation="Darbdaviai ateina į biblioteką; pokalbis repetuojamas su savanoriu.",
        objective="Įrengti darbo vietas ir surengti konsultacijas",
        result="Surengtos 24 konsultacijų dienos",
        impact="Po trijų mėnesių klausiame, kas rado darbą ar pradėjo mokytis.",
        sustainability="Konsultacijas tęsia užimtumo tarnyba, vietą duoda biblioteka.",
        done="Surengta dvylika konsultacijų dienų, devyni žmonės rado darbą.",
    ),
    "makers": Theme(
        summary="Atveriame dirbtuves, kuriose žmonės patys kuria: garsą, daiktus, elektroniką.",
        need="Jaunimas sako neturintis kur kurti; mokyklos dirbtuvės po pamokų užrakintos.",
        targets=("youth", "all"),
        goal="Biblioteka yra vieta, kur ką nors sukuri, ne tik pasiimi.",
        innovation="Įrangą skoliname į namus kaip knygas; meistrai yra vietos žmonės.",
        objective="Įrengti dirbtuves ir surengti kūrybos vakarus",
        result="Surengta 24 kūrybos vakarai",
        impact="Skaičiuojame kūrėjus, sukurtus daiktus ir pasiskolintą įrangą.",
        sustainability="Medžiagas apmoka dalyviai, įrangą prižiūri biblioteka.",
        done="Dirbtuvės įrengtos, surengta devyni vakarai, sukurti 37 daiktai.",
    ),
}
"""By the key that stands in applications.csv."""
