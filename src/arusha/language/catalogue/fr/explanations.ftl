## Ce que sont devenues les explications ordinaires : une phrase chacune, avec les valeurs données par les registres.

# Fonctions d'un agent. $detail est un texte des registres, laissé tel quel.
told-duty-specialist-desk = À un poste spécialisé du { $start } au { $end }.
told-duty-specialist-desk-for = À un poste spécialisé (« { $detail } ») du { $start } au { $end }.
told-duty-acting-for = A remplacé un autre agent du { $start } au { $end }.
told-duty-acting-for-for = A remplacé { $detail } du { $start } au { $end }.
told-duty-training = En formation du { $start } au { $end }.
told-duty-training-for = En formation (« { $detail } ») du { $start } au { $end }.
told-doubt-when = On ne sait pas quand cela a été inscrit : cela ne lève donc pas le signal.
told-doubt-late = Cela a été inscrit après le début : cela ne lève donc pas le signal.
told-doubt-who = On ne sait pas qui l'a inscrit : cela ne lève donc pas le signal.
told-doubt-gains = Cela a été inscrit par quelqu'un qui peut y gagner : cela ne lève donc pas le signal.
told-cover-cannot-be-told = Les registres ne permettent pas de dire ce que cela couvre.

# Ce qui reste sans ce qu'une explication couvre.
told-left-nothing = Sans cela, il ne reste rien à comparer.
told-left-cases = Sans cela : { $observed } sur { $n }, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-left-picks =
    Sans cela : { $observed } sur { $n ->
        [one] { $n } choix
       *[other] { $n } choix
    }, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-left-moves =
    Sans cela : { $observed } sur { $n ->
        [one] { $n } dossier
       *[other] { $n } dossiers
    } passés à un autre agent, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-left-out-of-order =
    Sans cela : { $observed } sur { $n ->
        [one] { $n } contrôle
       *[other] { $n } contrôles
    } clos sans acte ou par quelqu'un d'autre, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-left-no-finding =
    Sans cela : { $observed } sur { $n ->
        [one] { $n } visite
       *[other] { $n } visites
    } sans constat, contre { NUMBER($expected, maximumFractionDigits: 1) } attendues.
told-left-price-lower =
    Sans cela : des prix de { NUMBER($share, style: "percent", maximumFractionDigits: 1) } plus bas qu'avec d'autres agents, sur { $n ->
        [one] { $n } article
       *[other] { $n } articles
    }.
told-left-price-higher =
    Sans cela : des prix de { NUMBER($share, style: "percent", maximumFractionDigits: 1) } plus élevés qu'avec d'autres agents, sur { $n ->
        [one] { $n } article
       *[other] { $n } articles
    }.
told-chance = Le hasard seul en donnerait autant ou plus avec une probabilité de { NUMBER($p, maximumSignificantDigits: 2) }.
told-chance-small = Le hasard seul en donnerait autant ou plus avec une probabilité inférieure à { NUMBER($p, maximumFractionDigits: 3) }.

# Qui était là.
told-hired = Dans le service depuis le { $since } ; un nouvel agent reçoit souvent un travail plus simple.
told-posted = En poste à { $office } depuis le { $start }.
told-posted-until = En poste à { $office } du { $start } au { $end }.
told-away =
    { $n ->
        [one] Un collègue était absent une partie de la période.
       *[other] { $n } collègues étaient absents une partie de la période.
    }
told-first-day = La première déclaration du bureau est du { $day }.
told-allowed-by-day = Le test en tient compte : les choix ne sont comparés qu'à d'autres du même jour, ou de la même semaine là où un bureau a peu de travail.

# Règles du bureau. $method : random, rota, workload ou manual.
told-rule = Règle du bureau : le travail est attribué { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    }.
told-rule-pool = Règle du bureau : le travail est attribué { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    } dans le groupe { $pool }.
told-rule-goods = Règle du bureau : les marchandises { $goods } sont attribuées { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    }.
told-rule-pool-goods = Règle du bureau : les marchandises { $goods } sont attribuées { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    } dans le groupe { $pool }.
told-rule-section = Règle du bureau : le travail de la section { $section } est attribué { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    }.
told-rule-pool-section = Règle du bureau : le travail de la section { $section } est attribué { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    } dans le groupe { $pool }.
told-rule-goods-section = Règle du bureau : les marchandises { $goods } de la section { $section } sont attribuées { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    }.
told-rule-pool-goods-section = Règle du bureau : les marchandises { $goods } de la section { $section } sont attribuées { $method ->
        [manual] à la main
        [rota] à tour de rôle
        [workload] selon la charge
        [random] au hasard
       *[other] par « { $method } »
    } dans le groupe { $pool }.
told-rules-more =
    { $n ->
        [one] Une autre règle du bureau figure dans les registres.
       *[other] { $n } autres règles du bureau figurent dans les registres.
    }
told-allowed-by-rule = Le test en tient compte : les choix ne sont comparés que sous la même règle.

# D'une seule question.
told-batch = { NUMBER($share, style: "percent", maximumFractionDigits: 0) } des choix en suivent un autre du même déclarant à moins de { $minutes } minutes ; ils comptent ici une seule fois.
told-same-hours = Heure par heure, une plus grande part du travail de ce déclarant revient à l'agent.
told-hours-picks =
    En comparant heure par heure : { $observed } sur { $n ->
        [one] { $n } choix
       *[other] { $n } choix
    }, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-hours-moves =
    En comparant heure par heure : { $observed } sur { $n ->
        [one] { $n } dossier
       *[other] { $n } dossiers
    } passés à un autre agent, contre { NUMBER($expected, maximumFractionDigits: 1) } attendus.
told-hours-left-out =
    Sur { $n ->
        [one] un dossier
       *[other] { $n } dossiers
    }, { $alone } se trouvent dans des heures où personne d'autre n'a rien déposé et sont laissés de côté ; { $one } se trouvent dans des heures où tous les dossiers ou presque sont allés à un seul agent, et ne comptent pas pour le hasard.
told-hours-thin =
    La réponse heure par heure est mince : elle repose sur { $n ->
        [one] un dossier
       *[other] { $n } dossiers
    }.
told-moves-off-shift =
    { $n ->
        [one] Un dossier de ce déclarant a été passé alors que l'agent choisi d'abord était hors service ; il est laissé de côté.
       *[other] { $n } dossiers de ce déclarant ont été passés alors que l'agent choisi d'abord était hors service ; ils sont laissés de côté.
    }
told-moves-absent =
    { $n ->
        [one] Un dossier de ce déclarant a été passé alors que l'agent choisi d'abord était en congé ou en formation ; il est laissé de côté.
       *[other] { $n } dossiers de ce déclarant ont été passés alors que l'agent choisi d'abord était en congé ou en formation ; ils sont laissés de côté.
    }
told-one-act-for-batch = Si l'acte d'une déclaration compte pour toutes celles du déclarant closes ce jour-là :
told-acts-not-kept = Dans le circuit { $lane ->
        [green] vert
        [blue] bleu
        [yellow] jaune
        [red] rouge
       *[other] { $lane }
    }, au moins la moitié des contrôles du bureau finissent sans acte.
told-allowed-by-lane = Le test en tient compte : les circuits sont comparés séparément.
told-one-product = Sans le produit { $product } d'un seul importateur, rien ne ressort. Il peut s'agir d'une autre qualité.
told-few-weeks =
    Sans { $n ->
        [one] la semaine la plus éloignée
       *[other] les { $n } semaines les plus éloignées
    }, le taux est de { NUMBER($rate, style: "percent", maximumFractionDigits: 1) } contre { NUMBER($declared, style: "percent", maximumFractionDigits: 1) } dans les règles.
told-every-office =
    Parmi les autres bureaux sous la même règle ({ $n }), { $same ->
        [0] aucun ne s'écarte d'autant dans le même sens.
        [one] un s'écarte d'autant dans le même sens.
       *[other] { $same } s'écartent d'autant dans le même sens.
    }
table-another-office-under-the-same-rule = un autre bureau sous la même règle
