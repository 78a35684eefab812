using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Companions;

/// <summary>A companion's log: errors, on its standard error, which the daemon made a file.</summary>
internal sealed class ErrorLog(TextWriter writer, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        string line = $"{time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {formatter(state, exception)}{(exception is null ? "" : $": {exception}")}";
        lock (writer)
            writer.WriteLine(line);
    }
}
