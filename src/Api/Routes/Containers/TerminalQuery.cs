using Argosy.Api.Http;
using Argosy.Core;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Containers;

/// <summary>The <c>h</c> and <c>w</c> parameters of resize.</summary>
internal static class TerminalQuery
{
    internal static ushort Height(HttpContext context) => Read(context, "h");

    internal static ushort Width(HttpContext context) => Read(context, "w");

    private static ushort Read(HttpContext context, string name) =>
        context.QueryInt(name) is >= 0 and <= ushort.MaxValue and var value ? (ushort)value : throw EngineException.Invalid($"invalid terminal size: {name} is missing or out of range");
}
