using Microsoft.Extensions.Logging.Console;

namespace Shop.Common.Hosting;

/// <summary>Options of <see cref="LogfmtFormatter"/>.</summary>
internal sealed class LogfmtOptions : ConsoleFormatterOptions
{
    public string Service { get; set; } = "";
}
