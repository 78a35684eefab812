using Argosy.Build.Expansion;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>The variables of a stage as they stand at one of its instructions, as far as they can be known without running anything.</summary>
internal sealed class StageEnvironment
{
    private readonly BuildArguments given;
    private readonly char escape;
    private readonly Dictionary<string, string> values;
    private readonly HashSet<string> declared;

    private StageEnvironment(BuildArguments given, char escape, bool isKnown, Dictionary<string, string> values, HashSet<string> declared) =>
        (this.given, this.escape, IsKnown, this.values, this.declared) = (given, escape, isKnown, values, declared);

    /// <summary>False when the base image is not here: then nobody knows what variables it has.</summary>
    public bool IsKnown { get; }

    /// <summary>The names that have a value.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <param name="below">The base image; null when it is not here.</param>
    /// <param name="given">The build's arguments.</param>
    /// <param name="escape">The Dockerfile's escape character.</param>
    public static StageEnvironment On(BaseFacts? below, BuildArguments given, char escape)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in (below?.Environment ?? []).Select(entry => entry.Split('=', 2)))
            values[pair[0]] = pair.Length > 1 ? pair[1] : "";
        return new StageEnvironment(given, escape, below is not null, values, new HashSet<string>(StringComparer.Ordinal));
    }

    /// <summary>That of a stage which stands on this one.</summary>
    public StageEnvironment Copy() => new(given, escape, IsKnown, new Dictionary<string, string>(values), [.. declared]);

    /// <summary>A word with its variables replaced; null when it cannot be expanded, which the build will say.</summary>
    /// <param name="word">As it is written.</param>
    /// <param name="undefined">Takes the names that neither have a value nor are declared.</param>
    /// <param name="isText">In a here-document quotes mean nothing.</param>
    public string? Expand(string word, ICollection<string> undefined, bool isText = false)
    {
        string? LookUp(string name)
        {
            if (values.TryGetValue(name, out string? value))
                return value;
            if (!declared.Contains(name))
                undefined.Add(name);
            return null;
        }
        try
        {
            return isText ? WordExpander.ExpandText(word, LookUp, escape) : WordExpander.Expand(word, LookUp, escape);
        }
        catch (ExpansionException)
        {
            return null;
        }
    }

    /// <summary>Does what the instruction does to the variables.</summary>
    public void Apply(Instruction instruction)
    {
        switch (instruction)
        {
            case EnvInstruction env:
                var pairs = env.Variables.Select(pair => (Key: Expand(pair.Key, []), Value: Expand(pair.Value, []) ?? "")).ToList();
                foreach ((string? key, string value) in pairs.Where(pair => pair.Key is not null))
                    values[key!] = value;
                break;
            case ArgInstruction arg:
                foreach (ArgDeclaration declaration in arg.Declarations)
                    Declare(declaration);
                break;
        }
    }

    /// <summary>Whether the default of a declaration counts, and none was given.</summary>
    public bool TakesDefault(ArgDeclaration declaration) => declaration.Default is not null && given.Peek(declaration.Name) is null;

    private void Declare(ArgDeclaration declaration)
    {
        string? value = given.Peek(declaration.Name) ?? (declaration.Default is { } text ? Expand(text, []) : given.LookUpGlobal(declaration.Name));
        declared.Add(declaration.Name);
        if (value is not null)
            values[declaration.Name] = value;
    }
}
