using Argosy.Compose;
using Argosy.Contract.Stacks;
using Argosy.Core;
using Argosy.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Stacks.Tests;

/// <summary>A manager over a fake engine and a real store in a temporary directory.</summary>
public sealed class StackHost : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-stacks-").FullName;
    private StateStore store;
    private StackRecord? began;
    private StackJobs jobs = new(NullLogger<StackJobs>.Instance);

    public StackHost()
    {
        store = StateStore.Open(Path.Combine(directory, "state.db"));
        Manager = Build();
        Engine.OnPowerCut = OnChange;
    }

    public FakeStackEngine Engine { get; } = new();

    public StackManager Manager { get; private set; }

    public StackTable Table { get; private set; } = null!;

    public string FilesRoot => Path.Combine(directory, "stacks");

    public static StackSpec Spec(string yaml)
    {
        using var input = new StringReader(yaml);
        return ComposeProject.Load(new ComposeOptions
        {
            Files = ["-"],
            StandardInput = input,
            ProjectName = "p",
            WorkingDirectory = "/project",
            Environment = new Dictionary<string, string>(),
        }).Spec;
    }

    public Task<IReadOnlyList<string>> UpAsync(string yaml, UpOptions? options = null) => EndAsync(Manager.Up(Spec(yaml), options ?? new UpOptions()));

    public Task<IReadOnlyList<string>> DownAsync(DownOptions? options = null) => EndAsync(Manager.Down("p", options ?? new DownOptions()));

    /// <summary>Waits for the end and answers the lines as text.</summary>
    public static async Task<IReadOnlyList<string>> EndAsync(StackJob job)
    {
        await job.Completion.WaitAsync(TimeSpan.FromSeconds(10));
        var lines = new List<string>();
        await foreach (StackProgress line in job.Progress.Lines.ReadAllAsync())
            lines.Add(line.Error is not null ? "FAILED " + line.Error : line.Done is true ? "DONE" : $"{line.Name} {line.Status} {line.Detail}".Trim());
        return lines;
    }

    /// <summary>The daemon is gone and a new one starts on the same disk and the same kernel.</summary>
    /// <param name="forgetFailure">It was killed: its record says that the operation is still under way.</param>
    public async Task RestartAsync(bool forgetFailure = false)
    {
        await jobs.DisposeAsync();
        if (forgetFailure && began is { } record)
            await Table.PutAsync(record);
        await store.DisposeAsync();
        store = StateStore.Open(Path.Combine(directory, "state.db"));
        jobs = new StackJobs(NullLogger<StackJobs>.Instance);
        Manager = Build();
    }

    public async Task ResumeAsync()
    {
        foreach (StackJob job in Manager.ResumeAll())
            await EndAsync(job);
    }

    public async ValueTask DisposeAsync()
    {
        await jobs.DisposeAsync();
        await store.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Remembers the record as it is at the first change of an operation.</summary>
    private void OnChange() => began = Table.TryGet("p", out StackRecord? record) ? record : null;

    private StackManager Build() => new(Table = new StackTable(store), Engine, new StackFiles(new DaemonPaths(directory, directory)), jobs);
}
