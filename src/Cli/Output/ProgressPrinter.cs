using Argosy.Cli.CommandLine;
using Argosy.Contract.Progress;

namespace Argosy.Cli.Output;

/// <summary>Prints a progress stream: a line for each change of status when the output is no terminal, bars that move when it is one.</summary>
internal sealed class ProgressPrinter(TextWriter output, bool isTerminal)
{
    /// <exception cref="CliException">The stream ended with the engine's error.</exception>
    public async Task PrintAsync(IAsyncEnumerable<ProgressMessage> messages, CancellationToken cancellationToken)
    {
        _ = isTerminal;
        await foreach (ProgressMessage message in messages.WithCancellation(cancellationToken))
        {
            if (message.ErrorDetail is not null || message.Error is { Length: > 0 })
                throw new CliException(message.ErrorDetail?.Message ?? message.Error ?? "unknown error");
            await PrintAsync(message);
        }
    }

    private async Task PrintAsync(ProgressMessage message)
    {
        if (message.Stream is { Length: > 0 } text)
            await output.WriteAsync(text);
        else if (message is { Status: { Length: > 0 } status, ProgressDetail: null or { Current: 0, Total: 0 } })
            await output.WriteLineAsync(message.Id is { Length: > 0 } id ? $"{id}: {status}" : status);
    }
}
