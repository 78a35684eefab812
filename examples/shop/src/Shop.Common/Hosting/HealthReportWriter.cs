using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Shop.Common.Hosting;

/// <summary>The answer of /healthz: a word, and a line for every dependency that is not well.</summary>
internal static class HealthReportWriter
{
    internal static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var sick = report.Entries
            .Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => $"{entry.Key}: {entry.Value.Description ?? entry.Value.Exception?.Message}");
        return context.Response.WriteAsync(string.Join('\n', sick.Prepend(report.Status.ToString())) + "\n", context.RequestAborted);
    }
}
