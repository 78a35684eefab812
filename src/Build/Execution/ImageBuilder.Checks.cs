using Argosy.Build.Checks;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>Docker's build checks: beside a build, or alone.</summary>
public sealed partial class ImageBuilder
{
    // What clients call a Dockerfile that is not in its context; a random word follows.
    private const string ForeignName = ".dockerfile.";

    /// <summary>Checks a Dockerfile and builds nothing. Without a target all stages are looked at. No image is fetched: of one that is not here no variable is known.</summary>
    /// <exception cref="EngineException">A mistake in the Dockerfile or the request, as in a build.</exception>
    public static CheckReport Check(BuildRequest request, IBuildImages images)
    {
        using BuildContext context = BuildContext.Open(request.ContextPath, request.DockerfilePath, out string text);
        Dockerfile dockerfile = DockerfileParser.Parse(text, request.DockerfilePath);
        var arguments = new BuildArguments(request.Arguments, request.Platform);
        DeclareGlobals(dockerfile, arguments);
        StagePlan[] plans = StageGraph.Resolve(dockerfile, arguments, request.Contexts.Keys);
        IReadOnlyList<int> stages = request.Target is { Length: > 0 } target ? StageGraph.Needed(dockerfile, plans, target) : [.. Enumerable.Range(0, plans.Length)];
        return Report(request, dockerfile, new DockerfileChecks(dockerfile, arguments, context.Ignored).Look(plans, stages, BaseOf));

        BaseFacts? BaseOf(StagePlan plan)
        {
            bool isDirectory = plan.Contexts.Contains(plan.BaseName) && request.Contexts[plan.BaseName].Path is not null;
            if (plan.IsScratch || isDirectory)
                return NoBase(request.Platform);
            string image = plan.Contexts.Contains(plan.BaseName) ? request.Contexts[plan.BaseName].Image! : plan.BaseName;
            return images.TryFind(image, out BaseImage? found) ? FactsOf(found) : null;
        }
    }

    /// <summary>Looks at what is built; the base images are those that the build has found.</summary>
    private static CheckReport Check(BuildSession session, StagePlan[] plans, IReadOnlyList<int> needed) => Report(
        session.Request, session.Dockerfile, session.Checks.Look(plans, needed, plan =>
        {
            if (plan.IsScratch || session.DirectoryOf(plan.BaseName) is not null)
                return NoBase(session.Request.Platform);
            return session.FoundImage(session.ImageOf(plan.BaseName)) is { } found ? FactsOf(found) : null;
        }));

    /// <summary>Where warnings are errors they are told before anything runs.</summary>
    private static async Task CheckFirstAsync(BuildSession session, StagePlan[] plans, IReadOnlyList<int> needed, IBuildOutput output, CancellationToken cancellationToken)
    {
        if (!session.Checks.AreErrors)
            return;
        foreach (StagePlan plan in needed.Select(index => plans[index]).Where(plan => plan.BaseStage is null && !plan.IsScratch && session.DirectoryOf(plan.BaseName) is null))
            await session.ResolveAsync(session.ImageOf(plan.BaseName), session.PlatformOf(plan.Stage.From), output, cancellationToken);
        CheckReport report = Check(session, plans, needed);
        await TellAsync(report, output, cancellationToken);
        if (report.Warnings.Count > 0)
            throw EngineException.Invalid(report.Failure);
    }

    /// <summary>
    /// What the checks have found, at the end of a build. It is told before the line with the image's id: clients take the last line that looks like an id,
    /// and a line of a Dockerfile may.
    /// </summary>
    private static async Task TellAsync(CheckReport report, IBuildOutput output, CancellationToken cancellationToken)
    {
        if (!output.Traces)
            await output.WriteAsync(report.ToText(), cancellationToken);
        else if (report.Warnings.Count > 0)
            await output.TraceAsync(new BuildTrace { Warnings = [.. report.Warnings.Select(warning => NoticeOf(report, warning))] }, cancellationToken);
    }

    private static BuildNotice NoticeOf(CheckReport report, CheckWarning warning) => new(warning.Short)
    {
        Detail = warning.Rule.Description,
        Url = warning.Rule.Url,
        Place = (report.FileName, report.Lines, warning.Line, warning.EndLine),
    };

    private static CheckReport Report(BuildRequest request, Dockerfile dockerfile, IReadOnlyList<CheckWarning> warnings)
    {
        string name = request.DockerfilePath.StartsWith(ForeignName, StringComparison.Ordinal) ? "Dockerfile" : request.DockerfilePath;
        return new CheckReport(name, dockerfile.Lines, warnings);
    }

    private static BaseFacts NoBase(Platform platform) => BaseFacts.Of(ImageState.Scratch(platform, null).Settings);

    private static BaseFacts FactsOf(BaseImage image) => BaseFacts.Of(ImageState.From(image.Configuration.Span, null).Settings);
}
