using System.Net;
using System.Net.Http.Json;
using Aegis.Producer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aegis.Tests.Producer;

public sealed class ControlEndpointsTests : IAsyncLifetime
{
    private readonly ProducerControl _control = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private WebApplication? _app;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await (_app?.DisposeAsync() ?? default);
        _control.Dispose();
    }

    [Fact]
    public async Task PauseAndResume_WorkForEveryProducer()
    {
        await StartAsync(isSimulating: false);
        Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync("/pause"));
        Assert.True(_control.IsPaused);
        Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync("/resume"));
        Assert.False(_control.IsPaused);
        // There is nobody to begin a fraud.
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/payments/5")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/scenarios/bust_out")).Status);
        Assert.False(_control.TryTakeDemand());
    }

    [Fact]
    public async Task Payments_InRange_AreDemanded()
    {
        await StartAsync(isSimulating: true);
        const string Allowed = "allowed: 1 to 100000 payments.";
        Assert.Equal((HttpStatusCode.BadRequest, $"count is 0; {Allowed}"), await PostAsync("/payments/0"));
        Assert.Equal((HttpStatusCode.BadRequest, $"count is 100001; {Allowed}"), await PostAsync("/payments/100001"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/payments/many")).Status);
        Assert.False(_control.TryTakeDemand());
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/payments/1")).Status);
        Assert.True(_control.TryTakeDemand() && !_control.TryTakeDemand());
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/payments/100000")).Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, "100000 payments wait to be sent already."), await PostAsync("/payments/1"));
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "100000 payments wait to be sent already."), await PostAsync("/scenarios/bust_out"));
    }

    [Fact]
    public async Task Scenarios_OfTheListedNames_AreBegun()
    {
        await StartAsync(isSimulating: true);
        var names = (await _http.GetFromJsonAsync<string[]>("/scenarios", Cancel))!;
        Assert.Contains("card_testing", names);
        Assert.Equal(
            (HttpStatusCode.NotFound, $"There is no scenario of that name; allowed: {string.Join(", ", names)}."),
            await PostAsync("/scenarios/no-such-fraud"));
        Assert.False(_control.TryTakeScenario(out _));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/scenarios/card_testing")).Status);
        Assert.True(_control.TryTakeScenario(out var begun) && begun == "card_testing" && _control.TryTakeDemand());
    }

    private async Task StartAsync(bool isSimulating)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_control);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapControl(isSimulating);
        await _app.StartAsync(Cancel);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    /// <summary>The answer, and what a problem's details say.</summary>
    private async Task<(HttpStatusCode Status, string? Detail)> PostAsync(string path)
    {
        using var response = await _http.PostAsync(path, null, Cancel);
        return response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? (response.StatusCode, (await response.Content.ReadFromJsonAsync<ProblemDetails>(Cancel))!.Detail)
            : (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}
