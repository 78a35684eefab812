using Argosy.Build.Cache;
using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>
/// Runs one stage, instruction by instruction. Instructions that only change the configuration are done in memory and leave a line of history;
/// those that change files go through the cache (<see cref="LayerStepAsync"/>). One file per kind of instruction.
/// </summary>
internal sealed partial class StageBuilder(BuildSession session, StagePlan plan, StageOutput output)
{
    private readonly StageArguments arguments = new();
    private readonly List<CachedStep> steps = [];
    private StageBase? below;
    private bool cmdIsSet;

    /// <summary>The image as it stands.</summary>
    public ImageState Image { get; private set; } = null!;

    private ImageSettings Settings => Image.Settings;

    private bool IgnoresCache => session.Request.NoCache || session.Request.NoCacheStages.Any(plan.Stage.IsCalled);

    private string WorkingDirectory => string.IsNullOrEmpty(Settings.WorkingDir) ? "/" : Settings.WorkingDir;

    private IReadOnlyList<string> Shell => Settings.Shell is { Count: > 0 } shell ? shell : ["/bin/sh", "-c"];

    public async Task<StageResult> RunAsync(CancellationToken cancellationToken)
    {
        await output.BeginStepAsync(plan.Stage.From.Source, cancellationToken);
        await output.StartAsync(plan.Stage.From, cancellationToken);
        await BeginAsync(cancellationToken);
        await output.EndAsync(cancellationToken);
        await RunTriggersAsync(cancellationToken);
        foreach (Instruction instruction in plan.Stage.Instructions)
        {
            await output.BeginStepAsync(instruction.Source, cancellationToken);
            foreach (int source in StageGraph.StagesOf(session.Dockerfile, plan, instruction))
                await session.StageAsync(source);
            await output.StartAsync(instruction, cancellationToken);
            await RunOneAsync(instruction, cancellationToken);
            await output.EndAsync(cancellationToken);
        }
        return new StageResult(Image, arguments, steps, below);
    }

    /// <summary>The labels that the request asks for, as the last instructions.</summary>
    public async Task AddLabelsAsync(IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        foreach ((string key, string value) in labels.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await output.BeginStepAsync($"LABEL {key}={value}", cancellationToken);
            (Settings.Labels ??= [])[key] = value;
            Image.AddEmpty($"LABEL {key}={value}");
            await EndStepAsync(cancellationToken);
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (plan.BaseStage is { } index)
        {
            StageResult result = await session.StageAsync(index);
            Image = result.Image.Copy();
            arguments.Inherit(result.Arguments);
            steps.AddRange(result.Steps);
            below = new StageBase(Image.Id, Image.DiffIds.Count, Image.History.Count);
        }
        else if (plan.IsScratch)
        {
            Image = ImageState.Scratch(session.Request.Platform, session.Arguments.Epoch);
            await output.WriteAsync(" ---> \n", cancellationToken);
            return;
        }
        else if (session.DirectoryOf(plan.BaseName) is not null)
        {
            Image = ImageState.Scratch(session.Request.Platform, session.Arguments.Epoch);
            await CopyContextAsync(plan.Stage.From, plan.BaseName, cancellationToken);
        }
        else
        {
            BaseImage found = await session.ResolveAsync(session.ImageOf(plan.BaseName), session.PlatformOf(plan.Stage.From), output, cancellationToken);
            Image = ImageState.From(found.Configuration.Span, session.Arguments.Epoch);
            below = new StageBase(found.Id, Image.DiffIds.Count, Image.History.Count);
            await output.WriteAsync($" ---> {found.Id.Short}\n", cancellationToken);
            return;
        }
        await EndStepAsync(cancellationToken);
    }

    /// <summary>What the base image left to be done by its children (ONBUILD).</summary>
    private async Task RunTriggersAsync(CancellationToken cancellationToken)
    {
        if (Settings.OnBuild is not { Count: > 0 } triggers)
            return;
        Settings.OnBuild = null;
        await output.WriteAsync($"# Executing {triggers.Count} build trigger{(triggers.Count == 1 ? "" : "s")}\n", cancellationToken);
        int number = 0;
        foreach (string trigger in triggers)
        {
            Instruction instruction = DockerfileParser.ParseTrigger(trigger);
            await output.StartAsync(VertexGraph.Trigger(plan, ++number, instruction), cancellationToken);
            await RunOneAsync(instruction, cancellationToken);
            await output.EndAsync(cancellationToken);
        }
    }

    private async Task RunOneAsync(Instruction instruction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (instruction)
        {
            case RunInstruction run:
                await RunCommandAsync(run, cancellationToken);
                break;
            case CopyInstruction copy:
                await CopyAsync(copy, cancellationToken);
                break;
            case WorkdirInstruction workdir:
                await WorkdirAsync(workdir, cancellationToken);
                break;
            default:
                Guarded(instruction, () => Apply(instruction));
                break;
        }
        await EndStepAsync(cancellationToken);
    }

    private ValueTask EndStepAsync(CancellationToken cancellationToken) =>
        output.WriteAsync($" ---> {Image.Id.Short}\n", cancellationToken);

    /// <summary>The files that <c>from</c> names: a named context, an earlier stage, nothing, or an image; without a name the build context.</summary>
    private async Task<BuildSource> FindSourceAsync(string? from, CancellationToken cancellationToken)
    {
        RootDirectory? directory = from is null ? session.Context.Root : session.DirectoryOf(from);
        IReadOnlyList<Digest> layers = directory is not null ? [] : await SourceLayersAsync(from!, cancellationToken);
        return new BuildSource(session.Images, directory, layers);
    }

    private async Task<IReadOnlyList<Digest>> SourceLayersAsync(string from, CancellationToken cancellationToken)
    {
        bool isContext = plan.Contexts.Contains(from);
        if (!isContext && StageGraph.FindSource(session.Dockerfile, plan.Stage.Index, from) is { } index)
            return (await session.StageAsync(index)).Image.DiffIds;
        if (from == "scratch" && !isContext)
            return [];
        BaseImage image = await session.ResolveAsync(session.ImageOf(from), session.Request.Platform, output, cancellationToken);
        return ImageState.From(image.Configuration.Span, null).DiffIds;
    }

    /// <summary>A variable as expansion sees it: of ARG and ENV with one name the later one counts.</summary>
    private string? LookUp(string name)
    {
        string prefix = name + "=";
        if (!arguments.Hides(name) && Settings.Env?.FindLast(entry => entry.StartsWith(prefix, StringComparison.Ordinal)) is { } entry)
            return entry[prefix.Length..];
        return arguments.ValueOf(name);
    }

    private string Expand(string word) => WordExpander.Expand(word, LookUp, session.Dockerfile.Escape);

    private static void Guarded(Instruction instruction, Action action) => Guarded(instruction, () =>
    {
        action();
        return true;
    });

    /// <summary>Gives an expansion's failure the line it happened on.</summary>
    private static T Guarded<T>(Instruction instruction, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (ExpansionException exception)
        {
            throw EngineException.Invalid($"dockerfile parse error on line {instruction.Line}: {exception.Message}");
        }
        catch (DockerfileSyntaxException exception)
        {
            throw EngineException.Invalid($"dockerfile parse error on line {instruction.Line}: {exception.Message}");
        }
    }
}
