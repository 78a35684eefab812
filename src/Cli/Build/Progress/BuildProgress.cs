using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary>
/// How a build is shown: <c>plain</c> is the steps' text on standard output; <c>tty</c> and <c>rawjson</c> show the graph on standard error, as buildx does.
/// </summary>
internal sealed class BuildProgress : IAsyncDisposable
{
    private readonly IBuildDisplay? display;
    private readonly TimeProvider clock;
    private readonly bool isRaw;
    private bool isTold;

    private BuildProgress(IBuildDisplay? display, TimeProvider clock, bool isRaw) => (this.display, this.clock, this.isRaw) = (display, clock, isRaw);

    /// <summary>Whether lines are wanted even on a terminal.</summary>
    public bool IsPlain { get; private init; }

    /// <summary>Whether the engine is asked for its graph.</summary>
    public bool Traces => display is not null;

    /// <param name="session">The streams.</param>
    /// <param name="mode">The flag's value; null takes the variable BUILDKIT_PROGRESS, as Docker's client does.</param>
    /// <param name="isQuiet">Nothing is shown.</param>
    public static BuildProgress Open(CliSession session, string? mode, bool isQuiet)
    {
        mode ??= Environment.GetEnvironmentVariable("BUILDKIT_PROGRESS") is { Length: > 0 } variable ? variable : "auto";
        if (mode is not ("auto" or "plain" or "tty" or "rawjson"))
            throw new CliException($"invalid progress mode {mode}: auto, plain, tty or rawjson");
        if (mode == "tty" && !session.Streams.ErrorIsTerminal)
            throw new CliException("--progress tty: standard error is not a terminal");
        if (isQuiet || mode == "plain" || (mode == "auto" && !(session.Streams.ErrorIsTerminal && session.Streams.OutputIsTerminal)))
            return new BuildProgress(null, session.Clock, isRaw: false) { IsPlain = mode == "plain" };
        IBuildDisplay display = mode == "rawjson" ? new RawJsonDisplay(session.Error) : new TerminalDisplay(session.Error, () => LiveBlock.SizeOf(2), session.Clock);
        return new BuildProgress(display, session.Clock, mode == "rawjson");
    }

    /// <summary>The context on its way, with the step that this is.</summary>
    public Stream Watch(Stream context)
    {
        if (display is null)
            return context;
        var trace = new ContextTrace(display, clock);
        trace.Begin();
        return new CountingStream(context, trace);
    }

    /// <summary>News from the engine.</summary>
    public void Show(BuildStatus status)
    {
        isTold = true;
        display?.Show(status);
    }

    /// <exception cref="CliException">The graph was asked for as data, and the engine tells none.</exception>
    public void CheckTold()
    {
        if (isRaw && !isTold)
            throw new CliException("--progress rawjson: this engine does not tell of its graph: use --progress plain");
    }

    public ValueTask DisposeAsync() => display?.DisposeAsync() ?? ValueTask.CompletedTask;
}
