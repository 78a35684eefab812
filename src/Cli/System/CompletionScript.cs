using System.CommandLine;
using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.System;

/// <summary>
/// Scripts that complete commands and options from a table, and names of containers, images, networks and volumes by asking the engine.
/// </summary>
internal static class CompletionScript
{
    public static string For(string shell, CliSession session) => shell switch
    {
        "bash" => Fill(Bash, BashRows(session)),
        "zsh" => "#compdef argosy\nautoload -U +X bashcompinit && bashcompinit\n" + Fill(Bash, BashRows(session)),
        "fish" => Fish(session),
        _ => throw new CliException($"unknown shell \"{shell}\": use bash, zsh or fish"),
    };

    private static string Fill(string script, string rows) => script.Replace("@TABLE@", rows, StringComparison.Ordinal);

    private static IEnumerable<(string Path, Verb Verb, VerbCommand Command)> Commands(CliSession session) => VerbTable.All
        .Where(verb => !verb.IsHidden)
        .SelectMany(verb => verb.Paths.Select(path => (path, verb, verb.Create(session))))
        .OrderBy(row => row.path, StringComparer.Ordinal);

    private static IEnumerable<Option> Options(VerbCommand command) => command.Options.Where(option => !option.Hidden).OrderBy(option => option.Name, StringComparer.Ordinal);

    private static string BashRows(CliSession session)
    {
        var text = new StringBuilder();
        foreach ((string path, _, VerbCommand command) in Commands(session))
            text.Append($"    [\"{path}\"]=\"{string.Join(' ', Options(command).Select(option => option.Name))}\"\n");
        return text.ToString();
    }

    /// <summary>What a command's arguments name: found in its usage line.</summary>
    private static string Fish(CliSession session)
    {
        var text = new StringBuilder("# fish completion of argosy\ncomplete -c argosy -f\n");
        foreach ((string path, Verb verb, VerbCommand command) in Commands(session))
        {
            string[] words = path.Split(' ');
            string condition = words.Length == 1 ? "__fish_use_subcommand" : $"__fish_seen_subcommand_from {words[0]}";
            text.Append($"complete -c argosy -n '{condition}' -a {words[^1]} -d '{Quote(verb.Summary)}'\n");
            if (words.Length > 1)
                continue;
            foreach (Option option in Options(command))
                text.Append($"complete -c argosy -n '__fish_seen_subcommand_from {path}' -l {option.Name[2..]} -d '{Quote(option.Description ?? "")}'\n");
            if (Source(command.Usage) is { } source)
                text.Append($"complete -c argosy -n '__fish_seen_subcommand_from {path}' -a '({source})'\n");
        }
        foreach ((string group, string summary) in VerbTable.Groups)
            text.Append($"complete -c argosy -n __fish_use_subcommand -a {group} -d '{Quote(summary)}'\n");
        return text.ToString();
    }

    private static string? Source(string usage) =>
        usage.Contains("CONTAINER", StringComparison.Ordinal) ? "argosy ps -a --format \"{{.Names}}\" 2>/dev/null"
        : usage.Contains("IMAGE", StringComparison.Ordinal) ? "argosy images --format \"{{.Repository}}:{{.Tag}}\" 2>/dev/null"
        : null;

    private static string Quote(string text) => text.Replace("'", "\\'", StringComparison.Ordinal);

    private const string Bash = """
        # bash completion of argosy
        declare -A _argosy_options=(
        @TABLE@)

        _argosy() {
            local cur=${COMP_WORDS[COMP_CWORD]} path="" word key
            local -a words=()
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                [[ $word == -* ]] || words+=("$word")
            done
            if [[ ${#words[@]} -ge 2 && -n ${_argosy_options["${words[0]} ${words[1]}"]+x} ]]; then
                path="${words[0]} ${words[1]}"
            elif [[ ${#words[@]} -ge 1 && -n ${_argosy_options["${words[0]}"]+x} ]]; then
                path="${words[0]}"
            fi
            if [[ -z $path ]]; then
                local candidates=""
                for key in "${!_argosy_options[@]}"; do
                    if [[ ${#words[@]} -eq 0 ]]; then
                        candidates+=" ${key%% *}"
                    elif [[ $key == "${words[0]} "* ]]; then
                        candidates+=" ${key#* }"
                    fi
                done
                COMPREPLY=($(compgen -W "$candidates" -- "$cur"))
            elif [[ $cur == -* ]]; then
                COMPREPLY=($(compgen -W "${_argosy_options["$path"]} --help" -- "$cur"))
            else
                case "$path" in
                    run|create|rmi|push|tag|history|save|image\ *) COMPREPLY=($(compgen -W "$(argosy images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null)" -- "$cur")) ;;
                    network\ *) COMPREPLY=($(compgen -W "$(argosy network ls --format '{{.Name}}' 2>/dev/null)" -- "$cur")) ;;
                    volume\ *) COMPREPLY=($(compgen -W "$(argosy volume ls -q 2>/dev/null)" -- "$cur")) ;;
                    build|cp|load|import) COMPREPLY=($(compgen -f -- "$cur")) ;;
                    *) COMPREPLY=($(compgen -W "$(argosy ps -a --format '{{.Names}}' 2>/dev/null)" -- "$cur")) ;;
                esac
            fi
        }
        complete -o default -F _argosy argosy

        """;
}
