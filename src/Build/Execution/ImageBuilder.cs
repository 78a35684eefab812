using Argosy.Build.Cache;
using Argosy.Build.Checks;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>Builds images: reads the Dockerfile, finds the stages that the target needs, runs them, stores the result.</summary>
public sealed partial class ImageBuilder(IStepRunner runner, BuildCache cache, CacheMounts mounts, HttpClient http, TimeProvider clock)
{
    private readonly BuildTools tools = new(runner, cache, mounts, http, clock);

    /// <summary>Builds one image.</summary>
    /// <exception cref="EngineException">A mistake in the Dockerfile or the request; Docker's words.</exception>
    /// <exception cref="BuildException">A RUN step's command failed.</exception>
    public async Task<BuildReport> BuildAsync(BuildRequest request, IBuildImages images, IBuildOutput output, CancellationToken cancellationToken)
    {
        using BuildContext context = BuildContext.Open(request.ContextPath, request.DockerfilePath, out string text);
        Dockerfile dockerfile = DockerfileParser.Parse(text, request.DockerfilePath);
        var arguments = new BuildArguments(request.Arguments, request.Platform);
        if (request.Squash && arguments.KeepsCache)
            throw EngineException.Invalid("squash and BUILDKIT_INLINE_CACHE exclude each other: the image would not have the layers that its cache speaks of");
        DeclareGlobals(dockerfile, arguments);
        StagePlan[] plans = StageGraph.Resolve(dockerfile, arguments, request.Contexts.Keys);
        IReadOnlyList<int> needed = StageGraph.Needed(dockerfile, plans, request.Target);
        var checks = new DockerfileChecks(dockerfile, arguments, context.Ignored);
        foreach (string warning in request.Warnings)
            await WarnAsync(output, warning, cancellationToken);
        BuildReport? report;
        do
        {
            using var session = new BuildSession(request, dockerfile, context, arguments, images, tools) { Checks = checks, StageAsync = _ => throw new InvalidOperationException("no stage runs yet") };
            report = await TryRunAsync(session, plans, needed, output, cancellationToken);
        }
        while (report is null);
        if (arguments.Unconsumed is { Count: > 0 } unused)
            await WarnAsync(output, $"[Warning] One or more build-args [{string.Join(' ', unused)}] were not consumed", cancellationToken);
        if (output.Traces)
            return report;
        await output.WriteAsync($"Successfully built {report.Id.Short}\n", cancellationToken);
        foreach (ImageReference name in request.Names)
            await output.WriteAsync($"Successfully tagged {name.Familiar}\n", cancellationToken);
        return report;
    }

    /// <returns>Null when an imported cache did not have what it promised: it counts no more, and what was done meanwhile is in the cache.</returns>
    private async Task<BuildReport?> TryRunAsync(BuildSession session, StagePlan[] plans, IReadOnlyList<int> needed, IBuildOutput output, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(session, plans, needed, output, cancellationToken);
        }
        catch (LayersLostException lost)
        {
            await WarnAsync(output, $"{lost.Message}: the build begins again without it", cancellationToken);
            return null;
        }
    }

    private async Task<BuildReport> RunAsync(BuildSession session, StagePlan[] plans, IReadOnlyList<int> needed, IBuildOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<ArgInstruction> globals = session.Dockerfile.GlobalArgs;
        var graph = new VertexGraph(session.Dockerfile, plans, needed);
        if (output.Traces)
            await output.TraceAsync(new BuildTrace { Vertexes = graph.All }, cancellationToken);
        await CheckFirstAsync(session, plans, needed, output, cancellationToken);
        using var ordered = new OrderedOutput(output);
        var outputs = new StageOutputs(ordered, globals.Count, graph, clock);
        foreach (int index in needed)
            outputs.Add(index, plans[index].Stage.Instructions.Count + 1 + (index == needed[^1] ? session.Request.Labels.Count : 0));
        var head = new StageOutput(output, (0, outputs.StepCount), graph, clock);
        foreach (ArgInstruction arg in globals)
            await head.BeginStepAsync(arg.Source, cancellationToken);

        using var scheduler = new StageScheduler((index, token) => RunStageAsync(session, plans[index], outputs, index == needed[^1], token, cancellationToken), cancellationToken);
        session.StageAsync = scheduler.GetAsync;
        try
        {
            StageResult result = await scheduler.RunAsync(needed);
            if (session.Request.ContextDone is { } done)
                await done();
            await head.StartAsync(graph.Export, cancellationToken);
            IReadOnlyList<Digest> layers = result.Image.DiffIds;
            if (session.Request.Squash)
                await SquashAsync(session, result, cancellationToken);
            if (session.Arguments.KeepsCache)
                result.Image.AddCache(new CacheDocument(result.Steps, []));
            Task<Digest> creating = session.Images.CreateAsync(result.Image.ToJson(), session.Request.Names, cancellationToken);
            // Beside it: what is committed at the same time is one transaction.
            await Task.WhenAll(creating, cache.TouchAsync([.. session.UsedKeys.Keys]));
            Digest id = await creating;
            await cache.TakeOverAsync(session.Imported.Values.Where(found => found.Layers.Count == 0 || session.Images.AreHere(found.Layers)).Select(found => found.Step));
            await head.ExportedAsync([$"writing image {id}", .. session.Request.Names.Select(name => $"naming to {name}")], cancellationToken);
            await output.ImageAsync(id, cancellationToken);
            await TellAsync(Check(session, plans, needed), output, cancellationToken);
            return new BuildReport(id, layers, [.. cache.UnderAllKeys([.. session.Steps.Values]).OrderBy(step => step.Key, StringComparer.Ordinal)]);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or LayersLostException))
        {
            await ordered.FlushAsync(cancellationToken);
            await TellAsync(Check(session, plans, needed), output, cancellationToken);
            throw;
        }
    }

    private async Task SquashAsync(BuildSession session, StageResult result, CancellationToken cancellationToken)
    {
        ImageState image = result.Image;
        int kept = result.Base?.Layers ?? 0;
        string comment = result.Base is { } below ? $"merge {image.Id} to {below.Id}" : $"create new from {image.Id}";
        BuiltLayer? layer = image.DiffIds.Count == kept ? null
            : await session.Images.SquashAsync([.. image.DiffIds.Take(kept)], [.. image.DiffIds.Skip(kept)], session.Arguments.Epoch, cancellationToken);
        image.Squash(kept, result.Base?.Lines ?? 0, layer?.DiffId, comment, clock.GetUtcNow());
    }

    /// <param name="cancellationToken">Stops the stage: another has failed, or nobody waits for the build any more.</param>
    /// <param name="clientGone">The latter alone.</param>
    private static async Task<StageResult> RunStageAsync(
        BuildSession session, StagePlan plan, StageOutputs outputs, bool isTarget, CancellationToken cancellationToken, CancellationToken clientGone)
    {
        StageOutput output = outputs.Of(plan.Stage.Index, plan.Stage.Instructions.Count + 1);
        try
        {
            var stage = new StageBuilder(session, plan, output);
            StageResult result = await stage.RunAsync(cancellationToken);
            if (isTarget)
                await stage.AddLabelsAsync(session.Request.Labels, cancellationToken);
            await outputs.CompleteAsync(output, cancellationToken);
            return result;
        }
        catch (Exception exception) when (output.Traces && exception is not LayersLostException && !clientGone.IsCancellationRequested)
        {
            await output.FailAsync(exception, clientGone);
            throw;
        }
    }

    private static ValueTask WarnAsync(IBuildOutput output, string warning, CancellationToken cancellationToken) =>
        output.Traces ? output.TraceAsync(new BuildTrace { Warnings = [new BuildNotice(warning)] }, cancellationToken) : output.WriteAsync(warning + "\n", cancellationToken);

    private static void DeclareGlobals(Dockerfile dockerfile, BuildArguments arguments)
    {
        foreach (ArgInstruction instruction in dockerfile.GlobalArgs)
        {
            try
            {
                foreach (ArgDeclaration declaration in instruction.Declarations)
                    arguments.DeclareGlobal(declaration, dockerfile.Escape);
            }
            catch (ExpansionException exception)
            {
                throw EngineException.Invalid($"dockerfile parse error on line {instruction.Line}: {exception.Message}");
            }
        }
    }
}
