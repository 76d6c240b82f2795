using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aegis.Tests.Scoring;

/// <summary>A message that a receiver took or refused.</summary>
internal sealed record SunkMessage(string Id, string Signature, string Body);

/// <summary>A receiver of messages on this machine.</summary>
internal sealed class MessageSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MessageSink(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.First()}/hook";

    /// <summary>What it took, in order.</summary>
    public ConcurrentQueue<SunkMessage> Taken { get; } = new();

    /// <summary>How many it refused.</summary>
    public int Refused { get; private set; }

    /// <summary>The status that it answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>True to take what comes and never answer.</summary>
    public bool Hangs { get; set; }

    public static async Task<MessageSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var sink = new MessageSink(builder.Build());
        sink._app.MapPost("/hook", sink.TakeAsync);
        await sink._app.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        }

        if (Status != 200)
        {
            Refused++;
            return Results.StatusCode(Status);
        }

        Taken.Enqueue(new SunkMessage(request.Headers["Aegis-Message"].Single()!, request.Headers["Aegis-Signature"].Single()!, body));
        return Results.Ok();
    }
}
