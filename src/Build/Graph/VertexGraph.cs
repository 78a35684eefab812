using System.Globalization;
using System.Text;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Graph;

/// <summary>
/// The steps of a build as clients draw them. As in BuildKit only what brings or changes files is one: a base image, RUN, COPY, ADD and WORKDIR;
/// <c>[name 2/3]</c> counts those of the stage.
/// </summary>
internal sealed class VertexGraph
{
    private readonly Dictionary<Instruction, BuildVertex> vertexes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Digest> lastOfStage = [];
    private readonly List<BuildVertex> all = [];

    /// <summary>The graph of these stages, given in an order in which each comes after those it needs; the last is the target.</summary>
    public VertexGraph(Dockerfile dockerfile, StagePlan[] plans, IReadOnlyList<int> needed)
    {
        foreach (int index in needed)
            AddStage(dockerfile, plans[index]);
        Export = new BuildVertex(NameOf("export"), "exporting to image", lastOfStage.TryGetValue(needed[^1], out Digest last) ? [last] : []);
        all.Add(Export);
    }

    /// <summary>Every step, none of them begun.</summary>
    public IReadOnlyList<BuildVertex> All => all;

    /// <summary>The end: the image is stored and named.</summary>
    public BuildVertex Export { get; }

    /// <summary>An instruction's step; null when it only changes the configuration, or is of a stage that was not planned.</summary>
    public BuildVertex? Of(Instruction instruction) => vertexes.GetValueOrDefault(instruction);

    /// <summary>A step that a base image's trigger adds; null for one that only changes the configuration.</summary>
    public static BuildVertex? Trigger(StagePlan plan, int number, Instruction instruction) => !ChangesFiles(instruction) ? null
        : new BuildVertex(NameOf($"trigger {plan.Stage.Index.ToString(CultureInfo.InvariantCulture)} {number.ToString(CultureInfo.InvariantCulture)}"), $"[{NameOf(plan)}] ONBUILD {instruction.Source}", []);

    private void AddStage(Dockerfile dockerfile, StagePlan plan)
    {
        Instruction[] steps = [.. StepsOf(plan)];
        Digest? before = plan.BaseStage is { } stage && lastOfStage.TryGetValue(stage, out Digest last) ? last : null;
        string prefix = dockerfile.Stages.Count == 1 && plan.Stage.Name is null ? "" : NameOf(plan) + " ";
        for (int i = 0; i < steps.Length; i++)
        {
            Digest[] sources = [.. StageGraph.StagesOf(dockerfile, plan, steps[i]).Where(lastOfStage.ContainsKey).Select(from => lastOfStage[from])];
            Digest digest = NameOf($"{plan.Stage.Index.ToString(CultureInfo.InvariantCulture)} {i.ToString(CultureInfo.InvariantCulture)} {steps[i].Source}");
            string name = string.Create(CultureInfo.InvariantCulture, $"[{prefix}{i + 1}/{steps.Length}] {SourceOf(plan, steps[i])}");
            var vertex = new BuildVertex(digest, name, before is { } previous ? [previous, .. sources] : sources);
            vertexes[steps[i]] = vertex;
            all.Add(vertex);
            before = digest;
        }
        if (before is { } end)
            lastOfStage[plan.Stage.Index] = end;
    }

    private static bool ChangesFiles(Instruction instruction) => instruction is RunInstruction or CopyInstruction or WorkdirInstruction;

    private static IEnumerable<Instruction> StepsOf(StagePlan plan)
    {
        IEnumerable<Instruction> steps = plan.Stage.Instructions.Where(ChangesFiles);
        return plan.BaseStage is null && !plan.IsScratch ? steps.Prepend(plan.Stage.From) : steps;
    }

    /// <summary>What a base image's name is, not how it was written.</summary>
    private static string SourceOf(StagePlan plan, Instruction instruction) => instruction is FromInstruction ? $"FROM {plan.BaseName}" : instruction.Source;

    private static string NameOf(StagePlan plan) => plan.Stage.Name ?? $"stage-{plan.Stage.Index.ToString(CultureInfo.InvariantCulture)}";

    private static Digest NameOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));
}
