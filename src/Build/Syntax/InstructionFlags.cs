using System.Text;

namespace Argosy.Build.Syntax;

/// <summary>The <c>--name=value</c> words between an instruction and its arguments. Each instruction takes those it knows; the rest is refused by name.</summary>
internal sealed class InstructionFlags
{
    private readonly List<(string Name, string? Value)> flags = [];
    private readonly List<string> known = [];

    /// <summary>Takes the flags off the front of an instruction's arguments.</summary>
    public static InstructionFlags Extract(string arguments, char escape, out string rest)
    {
        var flags = new InstructionFlags();
        int position = 0;
        while (true)
        {
            while (position < arguments.Length && char.IsWhiteSpace(arguments[position]))
                position++;
            rest = arguments[position..];
            if (!rest.StartsWith("--", StringComparison.Ordinal))
                return flags;
            string word = ReadWord(arguments, escape, ref position);
            if (word == "--")
            {
                rest = arguments[position..].TrimStart();
                return flags;
            }
            flags.Add(word);
        }
    }

    /// <summary>The value of a flag that may be given once; null when it was not.</summary>
    public string? String(string name)
    {
        IReadOnlyList<string> values = Strings(name);
        return values.Count switch
        {
            0 => null,
            1 => values[0],
            _ => throw new DockerfileSyntaxException($"duplicate flag specified: {name}"),
        };
    }

    /// <summary>The values of a flag that may be repeated.</summary>
    public IReadOnlyList<string> Strings(string name)
    {
        known.Add(name);
        return [.. flags.Where(flag => flag.Name == name).Select(flag => flag.Value ?? throw new DockerfileSyntaxException($"missing a value on flag: {name}"))];
    }

    /// <summary>A switch: absent is false, <c>--name</c> is true, <c>--name=false</c> is false.</summary>
    public bool Switch(string name)
    {
        known.Add(name);
        bool value = false;
        foreach ((_, string? text) in flags.Where(flag => flag.Name == name))
        {
            value = text?.ToLowerInvariant() switch
            {
                null or "true" => true,
                "false" => false,
                _ => throw new DockerfileSyntaxException($"expecting boolean value for flag {name}, not: {text}"),
            };
        }
        return value;
    }

    /// <summary>Whether it was given at all.</summary>
    public bool Has(string name)
    {
        known.Add(name);
        return flags.Any(flag => flag.Name == name);
    }

    /// <summary>A flag of Docker's that this builder does not do: its use is an error that names it.</summary>
    public void Refuse(string name, string instruction)
    {
        known.Add(name);
        if (flags.Any(flag => flag.Name == name))
            throw new DockerfileSyntaxException($"the flag {instruction} {name} is not supported by argosy");
    }

    /// <summary>Refuses what nobody took.</summary>
    public void RejectUnknown()
    {
        foreach ((string name, _) in flags)
        {
            if (!known.Contains(name))
                throw new DockerfileSyntaxException($"unknown flag: {name}{NearestWord.Hint(name, known)}");
        }
    }

    private void Add(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        flags.Add(equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]));
    }

    private static string ReadWord(string text, char escape, ref int position)
    {
        var word = new StringBuilder();
        char quote = '\0';
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (quote == '\0' && char.IsWhiteSpace(c))
                break;
            if (c == quote || (quote == '\0' && c is '\'' or '"'))
            {
                quote = quote == '\0' ? c : '\0';
                continue;
            }
            if (c == escape && quote != '\'' && position + 1 < text.Length)
                c = text[++position];
            word.Append(c);
        }
        return word.ToString();
    }
}
