using System.Globalization;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Graph;

/// <summary>Who builds on whom: finds the target and the stages that it needs. The others are never looked at.</summary>
internal static class StageGraph
{
    /// <summary>All stages with their bases; whose name is in <paramref name="contexts"/> stands on that, whatever else has the name.</summary>
    public static StagePlan[] Resolve(Dockerfile dockerfile, BuildArguments arguments, IEnumerable<string> contexts)
    {
        var names = contexts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. dockerfile.Stages.Select(stage => Resolve(dockerfile, stage, arguments, names))];
    }

    /// <summary>The stages that the target needs, in the order of the file, which is one that satisfies all dependencies; the target is the last.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for an unknown target or a stage index that does not come before.</exception>
    public static IReadOnlyList<int> Needed(Dockerfile dockerfile, StagePlan[] plans, string? target)
    {
        var needed = new SortedSet<int>();
        Need(dockerfile, plans, FindTarget(dockerfile, target), needed);
        return [.. needed];
    }

    /// <summary>The earlier stage that COPY --from names, by name or number; null when it names an image.</summary>
    public static int? FindSource(Dockerfile dockerfile, int current, string from)
    {
        if (int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            return index < current ? index : throw EngineException.Invalid($"invalid from flag value {from}: it must be the index of a stage before this one");
        return FindByName(dockerfile, current, from);
    }

    /// <summary>The stages that an instruction takes files from.</summary>
    public static IEnumerable<int> StagesOf(Dockerfile dockerfile, StagePlan plan, Instruction instruction) =>
        SourcesOf(instruction).Where(from => !plan.Contexts.Contains(from)).Select(from => FindSource(dockerfile, plan.Stage.Index, from)).OfType<int>();

    private static StagePlan Resolve(Dockerfile dockerfile, Stage stage, BuildArguments arguments, HashSet<string> contexts)
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
        return new StagePlan(stage, name, contexts.Contains(name) ? null : FindByName(dockerfile, stage.Index, name), contexts);
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
        foreach (int source in plans[index].Stage.Instructions.SelectMany(instruction => StagesOf(dockerfile, plans[index], instruction)))
            Need(dockerfile, plans, source, needed);
    }

    private static IEnumerable<string> SourcesOf(Instruction instruction) => instruction switch
    {
        CopyInstruction { From: { } from } => [from],
        RunInstruction run => run.Mounts.Select(RunMountParser.FromOf).OfType<string>(),
        _ => [],
    };
}
