using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Aegis.Scoring.Api;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Aegis.Tests.Scoring.Api;

/// <summary>Callers that hold connections open, and callers that never finish a body.</summary>
public sealed class SlowCallerTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string Request = "GET /alive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConnectionBeyondTheLimit_IsClosed_UntilAnotherIsFree()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:MaxConnections=2");
        using var first = await ConnectAsync(host);
        using (var second = await ConnectAsync(host))
        {
            // They count once they are served.
            foreach (var connection in new[] { first, second })
            {
                await connection.GetStream().WriteAsync(
                    Encoding.ASCII.GetBytes(Request.Replace("close", "keep-alive", StringComparison.Ordinal)), Cancel);
                Assert.StartsWith("HTTP/1.1 200", await ReadAsync(connection), StringComparison.Ordinal);
            }

            Assert.Equal("", await AskAsync(host));
        }

        await ScoringHost.EventuallyAsync(
            async () => (await AskAsync(host)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal), "a connection is served again");
    }

    [Fact]
    public async Task BodiesThatComeTooSlowly_AreOneLineASecond_WithoutAStack()
    {
        using var log = new EveryLog();
        await using var host = await ScoringHost.StartAsync(
            small, Server, Folder,
            builder =>
            {
                builder.WebHost.ConfigureKestrel(
                    kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1_000_000, TimeSpan.FromSeconds(1.5)));
                builder.Logging.AddProvider(log);
            },
            "Logging:LogLevel:Default=Warning");
        await host.DecideAsync("ordinary");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendSlowlyAsync(host)));
        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal));
        Assert.Empty(log.Events.Where(logged => logged.HasStack).Select(logged => logged.Text));
        var lines = log.Events.Count(logged => logged.Category == typeof(CallerFaults).FullName);
        Assert.InRange(lines, 1, 5);
    }

    private static async Task<string> SendSlowlyAsync(ScoringHost host)
    {
        using var connection = await ConnectAsync(host);
        await connection.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"),
            Cancel);
        return await ReadAsync(connection);
    }

    private static async Task<string> AskAsync(ScoringHost host)
    {
        try
        {
            using var connection = await ConnectAsync(host);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request), Cancel);
            return await ReadAsync(connection);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Reset before the answer, or while it was being made.
            return "";
        }
    }

    private static async Task<TcpClient> ConnectAsync(ScoringHost host)
    {
        var connection = new TcpClient();
        var address = new Uri(host.Url);
        await connection.ConnectAsync(address.Host, address.Port, Cancel);
        return connection;
    }

    /// <summary>The first bytes of the answer; empty where the connection was closed without one.</summary>
    private static async Task<string> ReadAsync(TcpClient connection)
    {
        var buffer = new byte[1_024];
        var read = await connection.GetStream().ReadAsync(buffer, Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private sealed record Logged(string Category, bool HasStack, string Text);

    private sealed class EveryLog : ILoggerProvider
    {
        private readonly ConcurrentQueue<Logged> _events = new();

        public IReadOnlyList<Logged> Events => [.. _events];

        public ILogger CreateLogger(string categoryName) => new Log(categoryName, _events);

        public void Dispose()
        {
        }

        private sealed class Log(string category, ConcurrentQueue<Logged> events) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            void ILogger.Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                events.Enqueue(new Logged(category, exception is not null, $"{category}: {formatter(state, exception)} {exception}"));
        }
    }
}
