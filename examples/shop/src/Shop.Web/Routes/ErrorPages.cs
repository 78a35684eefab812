using Microsoft.AspNetCore.Diagnostics;
using Shop.Carts;
using Shop.Web.Backends;
using Shop.Web.Pages;

namespace Shop.Web.Routes;

/// <summary>Turns failures into pages that a customer can read.</summary>
internal static partial class ErrorPages
{
    private const int RetryAfterSeconds = 5;

    internal static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AnswerAsync(context, app.Logger),
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePages(status => WriteAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    private static Task AnswerAsync(HttpContext context, ILogger logger)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        int status = error switch
        {
            BackendAwayException or CacheAwayException => StatusCodes.Status503ServiceUnavailable,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            Away(logger, context.Request.Path, error.Message);
        }
        else if (status >= StatusCodes.Status500InternalServerError)
        {
            Failed(logger, error, context.Request.Path);
        }
        return WriteAsync(context, status);
    }

    private static Task WriteAsync(HttpContext context, int status) =>
        new HtmlResult(ErrorPage.Render(new PageContext("", CartPieces: null), status), status).ExecuteAsync(context);

    [LoggerMessage(EventId = 9501, Level = LogLevel.Warning, Message = "{Path} could not be answered: {Reason}")]
    private static partial void Away(ILogger logger, string path, string reason);

    [LoggerMessage(EventId = 9502, Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void Failed(ILogger logger, Exception error, string path);
}
