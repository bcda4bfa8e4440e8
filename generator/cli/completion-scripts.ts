export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof SHELLS)[number];

/*
 * Each script asks the program what can come next, which answers with a line for each candidate: the value, a tab and a
 * description. The lines `:files` and `:folders` ask the shell for paths.
 */

const BASH = `# Completion of driftline for Bash. In ~/.bashrc: source <(driftline completion bash)
_driftline() {
  local -a words=()
  local index word line value join=0
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    # Bash takes the = of --option=value for a word of its own.
    if [[ $word == "=" && \${#words[@]} -gt 0 ]]; then
      words[\${#words[@]}-1]+="="
      join=1
    elif [[ $join == 1 ]]; then
      words[\${#words[@]}-1]+=$word
      join=0
    else
      words+=("$word")
    fi
  done
  local current=\${words[\${#words[@]}-1]}
  COMPREPLY=()
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    case $value in
      :files) compopt -o default 2>/dev/null ;;
      :folders) compopt -o plusdirs 2>/dev/null ;;
      *)
        if [[ $current == -*=* ]]; then value=\${value#*=}; fi
        COMPREPLY+=("$value")
        ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _driftline driftline
`;

const ZSH = `#compdef driftline
# Completion of driftline for Zsh. In ~/.zshrc, after compinit: source <(driftline completion zsh)
_driftline() {
  local -a lines candidates
  local line value
  lines=("\${(@f)$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${lines[@]}"; do
    value=\${line%%$'\\t'*}
    case $value in
      '') ;;
      :files) _files ;;
      :folders) _files -/ ;;
      *) candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( \${#candidates} )) && _describe -t values driftline candidates
}
if [[ \${funcstack[1]} == _driftline ]]; then
  _driftline "$@"
else
  compdef _driftline driftline
fi
`;

const FISH = `# Completion of driftline for fish: driftline completion fish > ~/.config/fish/completions/driftline.fish
function __driftline_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    $words[1] complete -- $words[2..-1] "$current" 2>/dev/null | while read -l line
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current"
            case '*'
                echo $line
        end
    end
end
complete -c driftline -f -a '(__driftline_complete)'
`;

const POWERSHELL = `# Completion of driftline for PowerShell. In $PROFILE: driftline completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName driftline -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements |
    Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
    ForEach-Object { $_.ToString() })
  # An argument without characters would be dropped; one space stands for it.
  if ($wordToComplete -eq '') { $words += ' ' }
  & $commandAst.CommandElements[0].ToString() complete '--' @words 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    # Without any result, PowerShell looks for files by itself.
    if ($value -notlike ':*') {
      if (-not $description) { $description = $value }
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
  }
}
`;

/** What makes a shell complete command lines of driftline. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
