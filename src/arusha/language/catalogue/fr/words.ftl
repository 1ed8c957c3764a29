## Le vocabulaire fixe de l'incertitude. Ces mots ont partout le même sens et sont traduits une seule fois.

verdict-cannot-tell = on ne peut pas conclure
verdict-within-expected-scatter = dans la dispersion attendue
verdict-unusual = inhabituel
verdict-unusual-and-persistent = inhabituel et persistant
verdict-confirmed = confirmé

verdict-cannot-tell-meaning = Il y a trop peu de cas pour dire quoi que ce soit, ou une raison honnête convient aussi bien aux données. Cela ne veut pas dire que tout va bien.
verdict-within-expected-scatter-meaning = L'écart n'est pas plus grand que celui que le hasard seul produirait.
verdict-unusual-meaning = L'écart est plus grand que ce que produiraient le hasard et les variations ordinaires. Il n'a pas été examiné.
verdict-unusual-and-persistent-meaning = C'était inhabituel pendant deux périodes de suite. Cela n'a pas été examiné.
verdict-confirmed-meaning = Une instance compétente l'a décidé après avoir entendu la personne. Aucune statistique ne peut le dire.

## Lignes présentes sur chaque document.

standing-line = Un signal est une raison de regarder, pas une conclusion.
p-below = inférieur à { $value }
standing-line-explained = Un signal est une raison de regarder, pas une conclusion. Environ { $count } signaux de ce type sur { $of } ont été classés comme expliqués.
unexplained-is-neutral = « Non expliqué » est neutre : les données n'offrent pas d'explication, ce qui ne veut pas dire qu'il n'y en a pas.
study-line = Étude : personne n'a accepté ces questions. Ne doit servir à l'égard d'aucune personne.
demo-line = DÉMO : République d'Examplia, données inventées, graine { $seed }.
forbidden-uses = Ne prouve aucune infraction de quiconque. N'entre ni dans la paie, ni dans l'avancement, ni dans la discipline.
position-is-not-a-rank = La position n'établit aucun ordre entre les personnes ou les bureaux.
nothing-leaves = Rien ne sort de cet ordinateur.
not-assessed-needs = Non évalué : il manque { $needs }.
not-checked-needs = Non vérifié : il manque { $needs }.

## Qui a relu la traduction.

review-native-speaker-yes = Une personne de langue maternelle française a relu ce texte.
review-native-speaker-no = Aucune personne de langue maternelle française n'a encore relu ce texte. Si une phrase semble fausse, le texte anglais fait foi.

## Ce que peut devenir une explication.

explanation-found = trouvée
explanation-not-found = non trouvée
explanation-not-checked = non vérifiée

## Termes du métier.

term-declaration = { $count ->
    [one] déclaration
   *[other] déclarations
}
term-declarant = déclarant
term-officer = agent vérificateur
term-office = bureau de douane
term-importer = importateur
term-user = utilisateur
term-product = produit
term-pair = agent et déclarant
term-lane = circuit de contrôle
lane-green = vert
lane-blue = bleu
lane-yellow = jaune
lane-red = rouge
