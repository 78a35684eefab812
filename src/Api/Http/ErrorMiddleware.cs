using Argosy.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Api.Http;

/// <summary>Turns whatever an endpoint throws into <c>{"message": …}</c> with the status of its class.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up; there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
        }
        catch (Exception exception)
        {
            LogLate(logger, context.Request.Method, context.Request.Path, exception);
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        int status = ErrorTable.StatusOf(exception);
        if (status == StatusCodes.Status500InternalServerError)
            LogFailed(logger, context.Request.Method, context.Request.Path, exception);
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status304NotModified)
            return;
        string message = exception is System.Text.Json.JsonException json ? "invalid JSON: " + json.Message : exception.Message;
        await context.WriteJsonAsync(new ErrorBody(message), ErrorJson.Default.ErrorBody);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Method} {Path} failed after its answer had begun")]
    private static partial void LogLate(ILogger logger, string method, string path, Exception exception);
}
