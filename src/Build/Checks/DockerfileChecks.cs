using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>
/// Docker's build checks. How a file is written is looked at whole; what stages do, only of those that are built (with variables as they would be).
/// </summary>
/// <param name="dockerfile">What is checked.</param>
/// <param name="arguments">The build's arguments, the global ones declared.</param>
/// <param name="ignored">What .dockerignore leaves out of the context.</param>
internal sealed class DockerfileChecks(Dockerfile dockerfile, BuildArguments arguments, IgnorePatterns ignored)
{
    /// <summary>The build argument that stands in for the directive.</summary>
    public const string Argument = "BUILDKIT_DOCKERFILE_CHECK";

    private readonly CheckOptions options = CheckOptions.Parse(arguments.Peek(Argument) ?? dockerfile.Check);

    /// <summary>A warning fails the build.</summary>
    public bool AreErrors => options.IsError;

    /// <param name="plans">All stages.</param>
    /// <param name="stages">The numbers of those that are built, in the order of the file.</param>
    /// <param name="baseOf">What an image that a stage stands on has; null when it is not here.</param>
    public IReadOnlyList<CheckWarning> Look(StagePlan[] plans, IReadOnlyList<int> stages, Func<StagePlan, BaseFacts?> baseOf)
    {
        var findings = new CheckFindings(options);
        FileChecks.Look(dockerfile, findings);
        StageNameChecks.Look(dockerfile, findings);
        new FromChecks(dockerfile, arguments, arguments.WithoutValues(dockerfile), findings).Look();
        foreach (ArgInstruction arg in dockerfile.GlobalArgs)
            SecretChecks.Look(arg, findings);
        var done = new Dictionary<int, StageChecks>();
        foreach (int index in stages)
            done[index] = Look(plans[index], done, baseOf, findings);
        return findings.InOrder;
    }

    private StageChecks Look(StagePlan plan, Dictionary<int, StageChecks> done, Func<StagePlan, BaseFacts?> baseOf, CheckFindings findings)
    {
        StageChecks? below = plan.BaseStage is { } stage ? done[stage] : null;
        BaseFacts? facts = below is null ? baseOf(plan) : null;
        // With exceptions nothing can be said of a path alone: a directory that is ignored may hold a file that is not.
        var checks = new StageChecks(below?.Environment.Copy() ?? StageEnvironment.On(facts, arguments, dockerfile.Escape), ignored.HasExceptions ? null : ignored, findings)
        {
            HasShell = below?.HasShell ?? facts?.HasShell ?? false,
            HasWorkdir = below?.HasWorkdir ?? false,
        };
        // What the base image's triggers do is not this file's fault, but they may set variables.
        foreach (string trigger in facts?.Triggers ?? [])
            checks.Environment.Apply(DockerfileParser.ParseTrigger(trigger));
        foreach (Instruction instruction in plan.Stage.Instructions)
            checks.Look(instruction);
        return checks;
    }
}
