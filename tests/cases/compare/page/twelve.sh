# Twelve posts, in three currencies.
posts=()
for one in G10,FR,1 G12,BE,1 G15,LU,2 G8,IT,3 G10,IT,4 G17,US,1 G20,FR,1 G15,BE,5 G11,LU,1 G8,GB,1 G12,JO,1 G20,BE,1; do
    IFS=, read -r grade country month <<<"$one"
    posts+=(--post "grade=$grade,duty_country=$country,start=2026-0$month-01,title=$grade in $country, with a long title")
done
