using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>Builds images: reads the Dockerfile, finds the stages that the target needs, runs them, stores the result.</summary>
public sealed class ImageBuilder(IStepRunner runner, BuildCache cache, HttpClient http)
{
    /// <summary>Builds one image.</summary>
    /// <returns>The image's id.</returns>
    /// <exception cref="EngineException">A mistake in the Dockerfile or the request; Docker's words.</exception>
    /// <exception cref="BuildException">A RUN step's command failed.</exception>
    public async Task<Digest> BuildAsync(BuildRequest request, IBuildImages images, IBuildOutput output, CancellationToken cancellationToken)
    {
        using BuildContext context = BuildContext.Open(request.ContextPath, request.DockerfilePath, out string text);
        Dockerfile dockerfile = DockerfileParser.Parse(text, request.DockerfilePath);
        var arguments = new BuildArguments(request.Arguments, request.Platform);
        DeclareGlobals(dockerfile, arguments);
        IReadOnlyList<StagePlan> plans = StageGraph.Plan(dockerfile, arguments, request.Target);
        var session = new BuildSession(request, dockerfile, context, arguments, images, runner, cache, http, output)
        {
            StepCount = dockerfile.GlobalArgs.Count + plans.Sum(plan => plan.Stage.Instructions.Count + 1) + request.Labels.Count,
        };
        foreach (string warning in dockerfile.Warnings)
            await output.WriteAsync(warning + "\n", cancellationToken);
        Digest id = await RunAsync(session, plans, output, cancellationToken);
        if (arguments.Unconsumed is { Count: > 0 } unused)
            await output.WriteAsync($"[Warning] One or more build-args [{string.Join(' ', unused)}] were not consumed\n", cancellationToken);
        await output.WriteAsync($"Successfully built {id.Short}\n", cancellationToken);
        foreach (ImageReference name in request.Names)
            await output.WriteAsync($"Successfully tagged {name.Familiar}\n", cancellationToken);
        return id;
    }

    private async Task<Digest> RunAsync(BuildSession session, IReadOnlyList<StagePlan> plans, IBuildOutput output, CancellationToken cancellationToken)
    {
        foreach (ArgInstruction arg in session.Dockerfile.GlobalArgs)
            await session.BeginStepAsync(arg.Source, cancellationToken);
        StageBuilder? stage = null;
        foreach (StagePlan plan in plans)
        {
            stage = new StageBuilder(session, plan);
            session.Stages[plan.Stage.Index] = await stage.RunAsync(cancellationToken);
        }
        await stage!.AddLabelsAsync(session.Request.Labels, cancellationToken);
        Digest id = await session.Images.CreateAsync(stage.Image.ToJson(), session.Request.Names, cancellationToken);
        await cache.TouchAsync(session.UsedKeys);
        await output.ImageAsync(id, cancellationToken);
        return id;
    }

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
