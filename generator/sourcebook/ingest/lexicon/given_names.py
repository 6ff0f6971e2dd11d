"""Given names that are those of women or of men nearly everywhere, without accents.

They tell whom "he" cannot mean. A name that is both (Andrea, Hilary, Jean, Karen, Nikita) is in neither list.
"""

from __future__ import annotations

from . import words

WOMEN = words(
    """aisha alice alicia amanda amelia amina amy ana anastasia angela anita ann anna anne annie
    annette antonia asma astrid ayse barbara beatrice belinda berit beth betty birgit brenda bridget
    camilla carla carmen carol caroline catherine cecilia celia charlotte chloe christina christine
    cindy claire clara claudia colleen condoleezza cristina cynthia daniela deborah debbie deirdre
    denise diana diane dina donna dora dorothy ebru eileen elaine eleanor elena elif elisabeth
    elisa elizabeth ella ellen emily emma erica erika esther eva eve fadwa farah fatima fatma
    fatou federica fiona florence frances francesca frida gabriela gabriella gail gillian giulia
    gloria golda grace greta gretchen hala halima hana hanan hannah harriet heather heidi helen
    helena helga hillary hind huda ida ilaria inas ines inga ingrid irene irina isabel
    isabella ivanka jacqueline jane janet janice jenna jennifer jessica joanna johanna
    josephine joyce juanita judith judy julia juliana julie karin kate katharina katherine
    kathleen kathy katja katrin kayla kristen kristin kristina laila lara latifa laura lauren layla
    leila lena lidia lillian linda lisa liz lorna louise lucia lucy ludmila luisa lydia
    madeleine magdalena maha manal margaret margarita maria mariam marie marina marjorie
    marta martha mary maryam matilda maureen megan melania melissa mercedes michelle miriam molly
    mona monica muna nadia nadine nancy naomi natalia natalie natasha nawal nicole nina nora olga
    olivia oksana ornella pamela patricia paula pauline penelope petra phyllis priscilla rachel
    rania rasha rebecca regina rhonda rita roberta rosa rosalind rosemary roxana ruth sabine
    sabrina salma samantha samira sandra sara sarah shirin shirley silvia sofia sofie sonia
    sophia sophie stefanie stella stephanie sue susan susanna susanne svetlana sylvia tamara tanya
    tatiana teresa thelma theresa tina tracey tulsi ursula valentina valeria vanessa vera veronica
    victoria viktoria virginia wafa wendy yasmin yelena yolanda yulia zainab zeinab zeynep zoe"""
)

MEN = words(
    """aaron abdul abdullah abraham abu adam adnan adolf adrian ahmad ahmed alan albert alberto
    aleksandr alejandro alexander alexandre alexei alfonso alfred ali allen alvaro amir anatoly
    anders andreas andrew andrey andrzej anthony antoine anton antonio arnold arthur augusto ayman
    barack bart bashar ben benjamin bernard bernie bilal bill bob boris brad brendan brian bruce
    bruno bryan carlos charles christian christopher christophe chuck clarence clinton colin
    craig curtis damian dan daniel darren dave david dean dennis derek diego dieter dick dimitri
    dirk dmitri dmitry donald doug douglas dylan earl ed eddie edgar edmund eduardo edward edwin
    elias emil emmanuel emmerson enrique eric erik ernest ernesto ethan eugene evan fahd faisal farid
    felipe felix fernando fidel francois frank franz fred frederick friedrich fyodor gary gavin geoffrey
    georg george gerald gerard gerhard giovanni giorgi giuseppe gordon graham greg gregory guillermo
    guido gunter gus gustav hamid hamza hans harold harry haider hassan heinrich helmut hendrik henri
    henrik henry herbert herman hisham horst howard hugh hugo hussein ibrahim igor ismail ivan
    jack jacob jacques jake jakob james jamal jared jason javier jeff jeffrey jens jeremy jerome
    jerry jesus jim jimmy joachim joaquin joe joel johann johannes john johnny jonathan jorg jorge
    jose josef joseph joshua juan julian jurgen justin karim karl keith kenneth kevin khaled khalid
    klaus konstantin kurt kyle lars larry lawrence leo leon leonard leonid leroy louis luca lucas
    luc luigi luis lukas mahmoud mahmud malcolm manuel marc marcel marco marcus mario mark marko
    martin marvin massimo matteo matthew matthias maurice maximilian mehmet michael michel miguel
    mikhail mike milos mitch mohamed mohammad mohammed muhammad mousa mustafa nabil nathan neil
    nelson nicholas nicolas nigel nikolai nikolaus nikos norbert norman oleg oliver olivier omar
    oscar osama otto pablo patrick paul paulo pavel pedro per peter petr philip philippe pierre
    piotr rafael ralph ramon ramzan raymond recep ricardo richard rick robert roberto rodrigo roger
    roland rolf roman ronald ross roy rudolf rupert russell saad saeed salman samuel scott sean sebastian
    sergei sergey sergio seth simon stanley stefan stephen steve steven stuart sven tariq tayyip
    ted theodore thierry thomas tim timothy tobias tom tomas tommy tony uwe vadim vaclav valery
    viktor victor vincent vitaly vladimir volodymyr walid walter warren wayne werner wilhelm william
    wolfgang xavier yasser yevgeny yitzhak yuri yusuf yves zbigniew"""
)
