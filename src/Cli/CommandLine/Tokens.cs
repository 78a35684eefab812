using System.CommandLine;
using System.Globalization;

namespace Argosy.Cli.CommandLine;

/// <summary>
/// Reads a command line by the rules of Docker's client (Go's pflag): <c>-it</c> bundles, <c>-eA=b</c> and <c>--env=A=b</c> carry values,
/// a value may begin with a dash, a boolean takes a value only after "=", and for some commands options end at the first argument.
/// The result has one form only, so that System.CommandLine has nothing left to guess.
/// </summary>
internal sealed class Tokens
{
    private readonly Dictionary<string, Option> options = new(StringComparer.Ordinal);
    private readonly List<string> flags = [];
    private readonly List<string> arguments = [];
    private readonly Queue<string> rest;

    private Tokens(VerbCommand command, IEnumerable<string> words)
    {
        rest = new Queue<string>(words);
        foreach (Option option in command.Options)
        {
            options[option.Name] = option;
            foreach (string alias in option.Aliases)
                options[alias] = option;
        }
        Read(command.IsInterspersed);
    }

    /// <summary>True when help was asked for; nothing else counts then.</summary>
    public bool WantsHelp { get; private set; }

    public static Tokens Read(VerbCommand command, IEnumerable<string> words) => new(command, words);

    /// <summary>The words for System.CommandLine: options, "--", arguments.</summary>
    public IReadOnlyList<string> ToList() => [.. flags, "--", .. arguments];

    public int ArgumentCount => arguments.Count;

    private void Read(bool isInterspersed)
    {
        while (rest.TryDequeue(out string? word) && !WantsHelp)
        {
            if (word == "--")
                TakeRest();
            else if (word.StartsWith("--", StringComparison.Ordinal))
                ReadLong(word);
            else if (word.Length > 1 && word[0] == '-')
                ReadShort(word);
            else
            {
                arguments.Add(word);
                if (!isInterspersed)
                    TakeRest();
            }
        }
    }

    private void TakeRest()
    {
        arguments.AddRange(rest);
        rest.Clear();
    }

    private void ReadLong(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (!options.TryGetValue(name, out Option? option))
        {
            WantsHelp = name == "--help";
            if (!WantsHelp)
                throw new UsageException($"unknown flag: {name}");
            return;
        }
        if (equals >= 0)
            Add(option, word[(equals + 1)..]);
        else if (IsBool(option))
            Add(option, "true");
        else
            Add(option, rest.TryDequeue(out string? value) ? value : throw new UsageException($"flag needs an argument: {name}"));
    }

    private void ReadShort(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (!options.TryGetValue("-" + word[i], out Option? option))
            {
                WantsHelp = word[i] == 'h';
                if (!WantsHelp)
                    throw new UsageException($"unknown shorthand flag: '{word[i]}' in {word}");
                return;
            }
            bool hasEquals = i + 1 < word.Length && word[i + 1] == '=';
            if (IsBool(option) && !hasEquals)
            {
                Add(option, "true");
                continue;
            }
            if (i + 1 < word.Length)
                Add(option, word[(hasEquals ? i + 2 : i + 1)..]);
            else
                Add(option, rest.TryDequeue(out string? value) ? value : throw new UsageException($"flag needs an argument: '{word[i]}' in {word}"));
            return;
        }
    }

    private void Add(Option option, string value)
    {
        string text = IsBool(option) ? Bool(option, value) : value;
        if (option is Option<int?> or Option<long?>)
            CheckInteger(option, value);
        if (option is not Option<string[]>)
            RemoveEarlier(option);
        // An empty value must be a word of its own, any other one must not: it could look like an option.
        if (text.Length == 0)
            flags.AddRange([option.Name, ""]);
        else
            flags.Add($"{option.Name}={text}");
    }

    /// <summary>The last one wins.</summary>
    private void RemoveEarlier(Option option)
    {
        int empty = flags.IndexOf(option.Name);
        if (empty >= 0)
            flags.RemoveRange(empty, 2);
        flags.RemoveAll(flag => flag.StartsWith(option.Name + "=", StringComparison.Ordinal));
    }

    private static bool IsBool(Option option) => option is Option<bool> or Option<bool?>;

    private static string Bool(Option option, string value) => value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => "true",
        "0" or "f" or "F" or "false" or "FALSE" or "False" => "false",
        _ => throw Invocation.InvalidValue(option, value, $"strconv.ParseBool: parsing \"{value}\": invalid syntax"),
    };

    private static void CheckInteger(Option option, string value)
    {
        bool fits = option is Option<int?>
            ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        if (!fits)
            throw Invocation.InvalidValue(option, value, $"strconv.ParseInt: parsing \"{value}\": invalid syntax");
    }
}
