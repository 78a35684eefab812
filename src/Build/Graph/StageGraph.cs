using System.Globalization;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Graph;

/// <summary>Who builds on whom: finds the target and the stages that it needs. The others are never looked at.</summary>
internal static class StageGraph
{
    /// <summary>The needed stages, in the order of the file, which is one that satisfies all dependencies.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for an unknown target or a stage index that does not come before.</exception>
    public static IReadOnlyList<StagePlan> Plan(Dockerfile dockerfile, BuildArguments arguments, string? target)
    {
        StagePlan[] plans = [.. dockerfile.Stages.Select(stage => Resolve(dockerfile, stage, arguments))];
        var needed = new SortedSet<int>();
        Need(dockerfile, plans, FindTarget(dockerfile, target), needed);
        return [.. needed.Select(index => plans[index])];
    }

    /// <summary>The earlier stage that COPY --from names, by name or number; null when it names an image.</summary>
    public static int? FindSource(Dockerfile dockerfile, int current, string from)
    {
        if (int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return index < current ? index : throw EngineException.Invalid($"invalid from flag value {from}: it must be the index of a stage before this one");
        return FindByName(dockerfile, current, from);
    }

    private static StagePlan Resolve(Dockerfile dockerfile, Stage stage, BuildArguments arguments)
    {
        string name;
        try
        {
            name = WordExpander.Expand(stage.From.Image, arguments.LookUpGlobal, dockerfile.Escape);
        }
        catch (ExpansionException exception)
        {
            throw EngineException.Invalid($"dockerfile parse error on line {stage.From.Line}: {exception.Message}");
        }
        if (name.Length == 0)
            throw EngineException.Invalid($"dockerfile parse error on line {stage.From.Line}: base name ({stage.From.Image}) should not be blank");
        return new StagePlan(stage, name, FindByName(dockerfile, stage.Index, name));
    }

    private static int? FindByName(Dockerfile dockerfile, int before, string name)
    {
        for (int index = before - 1; index >= 0; index--)
        {
            if (string.Equals(dockerfile.Stages[index].Name, name, StringComparison.OrdinalIgnoreCase))
                return index;
        }
        return null;
    }

    private static int FindTarget(Dockerfile dockerfile, string? target)
    {
        if (string.IsNullOrEmpty(target))
            return dockerfile.Stages.Count - 1;
        if (FindByName(dockerfile, dockerfile.Stages.Count, target) is { } named)
            return named;
        if (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < dockerfile.Stages.Count)
            return index;
        throw EngineException.Invalid($"failed to reach build target {target} in Dockerfile");
    }

    private static void Need(Dockerfile dockerfile, StagePlan[] plans, int index, SortedSet<int> needed)
    {
        if (!needed.Add(index))
            return;
        if (plans[index].BaseStage is { } baseStage)
            Need(dockerfile, plans, baseStage, needed);
        foreach (CopyInstruction copy in plans[index].Stage.Instructions.OfType<CopyInstruction>())
        {
            if (copy.From is { } from && FindSource(dockerfile, index, from) is { } source)
                Need(dockerfile, plans, source, needed);
        }
    }
}
