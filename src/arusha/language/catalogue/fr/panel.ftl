## Ce que `arusha panel` dit des nombres qu'il écrit.

panel-runs =
    Les données vont du { $first } au { $last } ; un { $period ->
        [month] mois
       *[quarter] trimestre
    } ainsi coupé n'est qu'une partie.
panel-missing = { $office } : rien n'est compté en { $periods } : manquant, et non zéro
panel-withheld =
    { $offices } : laissés de côté, moins de { $fewest } agents un mois donné, ou l'un d'eux avec plus de la moitié de ce qui est compté, { $why ->
        [stage] et { $question } n'est pas en vigueur selon la charte
       *[asked] comme demandé
    }
panel-strata = L'attendu est établi seulement par { $by } : de strates plus fines on tirerait ce qu'a fait un agent.
panel-one-rate = L'attendu est un seul taux pour tous : de strates plus fines on tirerait ce qu'a fait un agent.
panel-no-expectation = Pas d'attendu : ni période de référence ni début n'ont été nommés.
panel-written = Lignes : { $rows }, bureaux : { $offices }, dans { $file }
panel-about = Ce dont elles sont faites : { $file }
