using Argosy.Core;
using System.Globalization;
using System.Text;
using Argosy.Build.Cache;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Execution;

/// <summary>RUN.</summary>
internal sealed partial class StageBuilder
{
    // Where BuildKit puts a here-document that names its own interpreter.
    private const string ScriptDirectory = "/dev/pipes/";

    private async Task RunCommandAsync(RunInstruction instruction, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> command, IReadOnlyList<StepFile> files) = CommandOf(instruction);
        string network = instruction.Network switch
        {
            RunNetwork.None => "none",
            RunNetwork.Host => "host",
            _ => session.Request.Network,
        };
        string description = $"RUN {History(command)} # buildkit";
        IReadOnlyList<string> environment = EnvironmentOf();
        string user = Settings.User ?? "";
        IReadOnlyList<PlannedMount> mounts = await PlanMountsAsync(instruction, cancellationToken);
        async Task<string> KeyAsync(bool byContent)
        {
            using var key = new CacheKey("run", ChainId.Of(Image.DiffIds), session.Arguments.Epoch);
            foreach (StepFile file in files)
                key.Add(file.Path).Add(file.Content);
            key.Add(command).Add([.. environment.Where(entry => !BuildArgumentsProxy(entry))]).Add(WorkingDirectory).Add(user)
                .Add(network).Add([.. session.Request.Limits.ExtraHosts]);
            foreach (PlannedMount mount in mounts)
                await mount.AddToAsync(key, byContent, cancellationToken);
            return key.Finish();
        }
        var step = new StepCommand
        {
            Arguments = command,
            Environment = environment,
            WorkingDirectory = WorkingDirectory,
            User = user,
            Network = network,
            Limits = session.Request.Limits,
            Files = files,
        };
        IReadOnlyList<Func<Task<string>>> keys = mounts.Any(mount => mount.HasLayers) ? [() => KeyAsync(byContent: false), () => KeyAsync(byContent: true)] : [() => KeyAsync(byContent: true)];
        // A mount, a script's text and a network are not in the history.
        bool tellsAll = mounts.Count + files.Count == 0 && instruction.Network == RunNetwork.Default;
        try
        {
            await LayerStepAsync(keys, description, standsAlone: false, snapshot => ExecuteAsync(snapshot, step, mounts, cancellationToken), cancellationToken, tellsAll);
        }
        finally
        {
            foreach (PlannedMount mount in mounts.Where(mount => mount.Source is not null))
                await mount.Source!.DisposeAsync();
        }
    }

    private async Task ExecuteAsync(IBuildSnapshot snapshot, StepCommand step, IReadOnlyList<PlannedMount> mounts, CancellationToken cancellationToken)
    {
        await using var held = new Rollback();
        await ExecuteAsync(snapshot, await MountAsync(step, mounts, held, cancellationToken), cancellationToken);
    }

    private async Task ExecuteAsync(IBuildSnapshot snapshot, StepCommand step, CancellationToken cancellationToken)
    {
        await output.WriteAsync($" ---> Running in {snapshot.ShortId}\n", cancellationToken);
        Decoder decoder = Encoding.UTF8.GetDecoder();
        int code = await session.Tools.Runner.RunAsync(snapshot, step, (stream, bytes, token) => output.Traces ? output.LogAsync(stream, bytes, token) : WriteOutputAsync(decoder, bytes, token), cancellationToken);
        if (code != 0)
            throw new BuildException($"The command '{string.Join(' ', step.Arguments)}' returned a non-zero code: {code.ToString(CultureInfo.InvariantCulture)}", code);
        await output.WriteAsync($" ---> Removed intermediate container {snapshot.ShortId}\n", cancellationToken);
    }

    /// <summary>A character may be cut in two by the end of a piece: the decoder keeps its first half.</summary>
    private ValueTask WriteOutputAsync(Decoder decoder, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int length = decoder.GetChars(bytes.Span, text, flush: false);
        return length == 0 ? ValueTask.CompletedTask : output.WriteAsync(new string(text, 0, length), cancellationToken);
    }

    private (IReadOnlyList<string> Command, IReadOnlyList<StepFile> Files) CommandOf(RunInstruction instruction)
    {
        if (instruction.Heredocs.Count == 0)
            return (instruction.Command.With(Shell), []);
        Heredoc first = instruction.Heredocs[0];
        string text = instruction.Command.Arguments[0];
        if (HeredocMarker.Read(text.Trim()) is null)
        {
            // The shell knows here-documents itself: it gets them as they were written.
            return ([.. Shell, string.Concat([text, .. instruction.Heredocs.Select(heredoc => $"\n{heredoc.Content}{heredoc.Name}")])], []);
        }
        if (!first.Text.StartsWith("#!", StringComparison.Ordinal))
            return ([.. Shell, first.Text], []);
        return ([ScriptDirectory + first.Name], [new StepFile(ScriptDirectory + first.Name, first.Text)]);
    }

    /// <summary>The environment, with each argument that it does not hide in its place or behind it.</summary>
    private List<string> EnvironmentOf()
    {
        List<string> environment = [.. Settings.Env ?? []];
        foreach ((string name, string value) in arguments.Values)
        {
            int index = environment.FindIndex(entry => entry.StartsWith(name + "=", StringComparison.Ordinal));
            if (index < 0)
                environment.Add($"{name}={value}");
            else if (arguments.Hides(name))
                environment[index] = $"{name}={value}";
        }
        foreach ((string name, string value) in session.Arguments.ProxySettings)
        {
            if (!environment.Exists(entry => entry.StartsWith(name + "=", StringComparison.Ordinal)))
                environment.Add($"{name}={value}");
        }
        return environment;
    }

    private bool BuildArgumentsProxy(string entry)
    {
        string name = entry.Split('=', 2)[0];
        return Expansion.BuildArguments.IsProxy(name) && !InEnvironment(name) && !arguments.Has(name);
    }

    private bool InEnvironment(string name) => Settings.Env?.Exists(entry => entry.StartsWith(name + "=", StringComparison.Ordinal)) == true;

    /// <summary>What the stage has declared stands before the command, with the values that the command sees.</summary>
    private string History(IReadOnlyList<string> command)
    {
        string[] declared = [.. arguments.Declared.Select(name => $"{name}={LookUp(name)}")];
        string[] given = declared.Length == 0 ? [] : [$"|{declared.Length.ToString(CultureInfo.InvariantCulture)}", .. declared];
        return string.Join(' ', [.. given, .. command]);
    }
}
