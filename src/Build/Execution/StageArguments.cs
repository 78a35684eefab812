namespace Argosy.Build.Execution;

/// <summary>The arguments that a stage has declared or inherited. One that was declared after an ENV of its name hides it, for expansion and for RUN, as in BuildKit.</summary>
internal sealed class StageArguments
{
    private readonly List<Argument> list = [];

    /// <summary>Those with a value, in the order of their declaration.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values =>
        list.Where(argument => argument.Value is not null).Select(argument => KeyValuePair.Create(argument.Name, argument.Value!));

    /// <summary>Those that the stage itself declared: its history shows them.</summary>
    public IEnumerable<string> Declared => list.Where(argument => !argument.IsInherited).Select(argument => argument.Name);

    /// <summary>Takes those of the stage that this one stands on. The variables of its image count again: FROM sets them anew.</summary>
    public void Inherit(StageArguments from) => list.AddRange(from.list.Select(argument => argument with { IsInherited = true, HidesVariable = false }));

    /// <summary>Declares one; without a value it hides nothing.</summary>
    public void Declare(string name, string? value)
    {
        int index = list.FindIndex(argument => argument.Name == name);
        var argument = new Argument(name, value, value is not null, IsInherited: false);
        if (index < 0)
            list.Add(argument);
        else
            list[index] = argument;
    }

    /// <summary>An ENV has set a variable of this name: from here on it is what counts.</summary>
    public void Reveal(string name)
    {
        int index = list.FindIndex(argument => argument.Name == name);
        if (index >= 0)
            list[index] = list[index] with { HidesVariable = false };
    }

    public bool Hides(string name) => list.Exists(argument => argument.Name == name && argument.HidesVariable);

    public bool Has(string name) => list.Exists(argument => argument.Name == name);

    public string? ValueOf(string name) => list.Find(argument => argument.Name == name)?.Value;

    private sealed record Argument(string Name, string? Value, bool HidesVariable, bool IsInherited);
}
