using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Build;
using Argosy.Contract.Progress;

namespace Argosy.Cli.Output;

/// <summary>Prints a progress stream: a line for each change when the output is no terminal, lines that move when it is one.</summary>
internal sealed class ProgressPrinter(CliSession session, TextWriter output)
{
    /// <summary>Called for each message that carries data instead of text: a build's image id, a push's digest.</summary>
    public Action<JsonElement>? OnAux { get; init; }

    /// <summary>Called for each news of a build's graph.</summary>
    public Action<BuildStatus>? OnTrace { get; init; }

    /// <summary>Lines only, even on a terminal.</summary>
    public bool IsPlain { get; init; }

    /// <exception cref="CliException">The stream ended with the engine's error.</exception>
    public async Task PrintAsync(IAsyncEnumerable<ProgressMessage> messages, CancellationToken cancellationToken)
    {
        using ProgressLines? lines = session.Streams.OutputIsTerminal && output != TextWriter.Null && !IsPlain ? new ProgressLines(output, () => LiveBlock.SizeOf(1)) : null;
        await foreach (ProgressMessage message in messages.WithCancellation(cancellationToken))
        {
            if (message.ErrorDetail is not null || message.Error is { Length: > 0 })
                throw Failure(message);
            if (message.Aux is { } aux && message.Id == BuildStatus.MessageId)
                OnTrace?.Invoke(aux.Deserialize(BuildJson.Default.BuildStatus)!);
            else if (message.Aux is { } other)
                OnAux?.Invoke(other);
            else if (lines is not null)
                lines.Show(message);
            else
                await PrintAsync(message);
        }
    }

    /// <summary>The code of the error is the exit code: a failed RUN of a build ends with the command's.</summary>
    private static CliException Failure(ProgressMessage message)
    {
        string text = message.ErrorDetail?.Message is { Length: > 0 } detail ? detail : message.Error ?? "unknown error";
        int code = message.ErrorDetail?.Code ?? 0;
        return new CliException(text, code is > 0 and < 256 ? code : 1);
    }

    /// <summary>Numbers of bytes in between say nothing in a log: only changes of status are printed.</summary>
    private async Task PrintAsync(ProgressMessage message)
    {
        if (message.Stream is { Length: > 0 } text)
            await output.WriteAsync(text);
        else if (message.Status is { Length: > 0 } status && message.ProgressDetail is null or { Current: 0, Total: 0 })
            await output.WriteLineAsync(message.Id is { Length: > 0 } id ? $"{id}: {status}" : status);
    }
}
