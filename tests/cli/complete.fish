# What fish offers for lines of standard input: "LINE<tab>WORD" for each word.
# Usage: fish --no-config complete.fish SCRIPT
source $argv[1]
while read -l line
	for word in (complete -C $line)
		printf '%s\t%s\n' $line (string split -f 1 \t -- $word)
	end
end
