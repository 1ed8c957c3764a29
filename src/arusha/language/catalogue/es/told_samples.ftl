## Qué falla en una encuesta o un perfil y qué hacer (told-do-).

told-sv-two-meanings = un código significa a la vez una respuesta y ninguna: { $codes }
told-sv-yes-and-no = un código significa a la vez sí y no: { $codes }
told-sv-labels-absent = etiquetas que faltan: { $n } de { $size } ({ $rows })
told-sv-populations = un mismo estrato (o conglomerado) tiene poblaciones de { $first } y de { $second } unidades
told-sv-one-cluster = no se conoce el error de { $labels }: todo está en un solo conglomerado
told-sv-probability = una probabilidad fuera de 0 a 1
told-sv-group-one-cluster = un grupo está en un solo conglomerado: no se sabe en qué diferiría con otro
told-sv-no-respondents = número de encuestados: { $n }
told-sv-reach = potencia por alcanzar: { $reach }
told-sv-counts-alike = todos los recuentos de cada lista son iguales, lo que nada dice de la certeza
told-sv-level = un nivel de { $level }
told-sv-waves-named = dos oleadas llevan el mismo nombre
told-sv-no-share = { $value } no es una proporción, y su peor y su mejor valor son proporciones
told-do-sv-two-meanings = Nombre cada código una sola vez.
told-do-sv-yes-and-no = Nombre cada código una sola vez.
told-do-sv-labels-absent = Diga dónde va cada encuestado; los que faltan formarían un grupo aparte.
told-do-sv-populations = Dé a todo el estrato el número de unidades que contiene.
told-do-sv-one-cluster = Nombre pares sin él; donde haya que comparar cada aduana, la aduana es un estrato.
told-do-sv-probability = Dé 0.5 para la mediana.
told-do-sv-group-one-cluster = Compare grupos que estén en varios conglomerados.
told-do-sv-no-respondents = Dé uno o más.
told-do-sv-reach = Dé una entre 0 y 1.
told-do-sv-counts-alike = Compruebe la columna; una lista de la que nadie (o todos) marca algo tampoco protege a nadie.
told-do-sv-level = Dé 0.95 para 95 %.
told-do-sv-waves-named = Nombre cada una por su fecha.
told-do-sv-no-share = Escriba 0.41 para 41 %, o dé también worst y best en por ciento.
