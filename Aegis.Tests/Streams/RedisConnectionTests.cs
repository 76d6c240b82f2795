using System.Text;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RedisConnectionTests
{
    private static readonly RedisCommand Ping = new("PING");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExecuteRaw_OfReplyInManyPieces_GivesExactlyItsBytes()
    {
        var body = new string('x', 3_000_000);
        var reply = $"*2\r\n$3\r\nabc\r\n${body.Length}\r\n{body}\r\n";
        await using var server = new ScriptedServer(async (stream, cancel) =>
        {
            await ScriptedServer.Hear(stream, "GET", cancel);
            foreach (var piece in (reply + "+next\r\n").Chunk(10_007))
            {
                await ScriptedServer.Say(stream, new string(piece));
            }

            await ScriptedServer.Hear(stream, "never", cancel);
        });
        await using var client = server.Client();
        var raw = client.ExecuteRawAsync(new RedisCommand("GET"), TimeSpan.Zero, Cancel);
        var next = client.ExecuteAsync(new RedisCommand("GET"), Cancel);
        using var buffer = await raw;
        Assert.Equal(reply, Encoding.ASCII.GetString(buffer.Bytes.Span));
        Assert.Equal("next", (await next).Text);
    }

    [Theory]
    [InlineData("-ERR no\r\n")]
    [InlineData("!6\r\nERR no\r\n")]
    public async Task ExecuteRaw_OfErrorReply_Throws(string reply)
    {
        await using var server = Answering(reply);
        await using var client = server.Client();
        var error = await Assert.ThrowsAsync<RedisErrorException>(() => client.ExecuteRawAsync(new RedisCommand("GET"), TimeSpan.Zero, Cancel));
        Assert.Contains("ERR no", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReplyBuffer_AfterDispose_IsRefused()
    {
        var buffer = ReplyBuffer.Copy(new System.Buffers.ReadOnlySequence<byte>("+OK\r\n"u8.ToArray()));
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Bytes);
    }

    [Theory]
    [InlineData("$10\r\nabc", "in the middle of a reply")]
    [InlineData("*2\r\n:1\r\n", "in the middle of a reply")]
    [InlineData("", "closed")]
    public async Task Execute_WhereServerClosesEarly_FailsEverythingPendingAndConnectsAgain(string bytes, string reason)
    {
        await using var server = Answering(bytes);
        await using var client = server.Client();
        var pending = Enumerable.Range(0, 100).Select(_ => client.ExecuteAsync(new RedisCommand("GET"), Cancel)).ToArray();
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(() => pending[0].WaitAsync(TimeSpan.FromSeconds(4), Cancel));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.True(error.MayHaveRun);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => Task.WhenAll(pending).WaitAsync(TimeSpan.FromSeconds(4), Cancel));
        await Assert.ThrowsAsync<RedisUnavailableException>(() => client.ExecuteAsync(new RedisCommand("GET"), Cancel));
        Assert.True(server.Connections >= 2);
    }

    [Theory]
    [InlineData("$99999999999\r\n")]
    [InlineData(":12x\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("+OK\r\n+OK\r\n")]
    public async Task Execute_OfNonsense_ClosesTheConnectionAndSaysWhy(string bytes)
    {
        await using var server = Answering(bytes, close: false);
        await using var client = server.Client();
        var first = client.ExecuteAsync(new RedisCommand("GET"), Cancel);
        if (bytes.StartsWith('+'))
        {
            Assert.Equal("OK", (await first).Text);
            await WaitFor(async () => (await Record.ExceptionAsync(() => client.ExecuteAsync(new RedisCommand("GET"), Cancel).WaitAsync(TimeSpan.FromSeconds(4), Cancel))) is null && server.Connections > 1);
            return;
        }

        var error = await Assert.ThrowsAsync<RedisUnavailableException>(() => first.WaitAsync(TimeSpan.FromSeconds(4), Cancel));
        Assert.IsType<RedisProtocolException>(error.InnerException);
    }

    [Fact]
    public async Task Execute_WhereServerNeverAnswers_FailsInTimeAndGivesTheConnectionUp()
    {
        await using var server = new ScriptedServer((stream, cancel) => ScriptedServer.Hear(stream, "never", cancel));
        await using var client = server.Client(timeoutSeconds: 1.5);
        var started = TimeProvider.System.GetTimestamp();
        var error = await Assert.ThrowsAsync<RedisUnavailableException>(() => client.ExecuteAsync(new RedisCommand("GET"), Cancel).WaitAsync(TimeSpan.FromSeconds(10), Cancel));
        Assert.Contains("did not answer in time", error.Message, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1.4, 6);
        await Assert.ThrowsAsync<RedisUnavailableException>(() => client.ExecuteAsync(new RedisCommand("GET"), Cancel));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Execute_WhereServerNeitherReadsNorAnswers_FailsInTime()
    {
        await using var server = new ScriptedServer((_, cancel) => Task.Delay(-1, cancel));
        await using var client = server.Client(timeoutSeconds: 0.5);
        var payload = new byte[1 << 20];
        var pending = Enumerable.Range(0, 64).Select(_ => client.ExecuteAsync(new RedisCommand("SET", "k").Add(payload.AsSpan()), Cancel)).ToArray();
        foreach (var task in pending)
        {
            await Assert.ThrowsAsync<RedisUnavailableException>(() => task.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
        }
    }

    [Fact]
    public async Task Execute_CancelledByOneCaller_KeepsTheRepliesOfTheOthersApart()
    {
        var heard = new TaskCompletionSource();
        await using var server = new ScriptedServer(async (stream, cancel) =>
        {
            await ScriptedServer.Hear(stream, "second", cancel);
            heard.SetResult();
            await ScriptedServer.Hear(stream, "third", cancel);
            await ScriptedServer.Say(stream, "+first\r\n+second\r\n+third\r\n");
            await ScriptedServer.Hear(stream, "never", cancel);
        });
        await using var client = server.Client();
        using var given = new CancellationTokenSource();
        var first = client.ExecuteAsync(new RedisCommand("GET", "first"), Cancel);
        var second = client.ExecuteRawAsync(new RedisCommand("GET", "second"), TimeSpan.Zero, given.Token);
        await heard.Task.WaitAsync(Cancel);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = client.ExecuteAsync(new RedisCommand("GET", "third"), Cancel);
        Assert.Equal(("first", "third"), ((await first).Text, (await third).Text));
    }

    [Fact]
    public async Task Dispose_WhilePending_FailsEveryRequest()
    {
        await using var server = new ScriptedServer((stream, cancel) => ScriptedServer.Hear(stream, "never", cancel));
        var client = server.Client();
        var pending = Enumerable.Range(0, 1_000).Select(_ => client.ExecuteAsync(new RedisCommand("GET"), Cancel)).ToArray();
        while (server.Connections == 0)
        {
            await Task.Delay(10, Cancel);
        }

        await client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4), Cancel);
        foreach (var task in pending)
        {
            var error = await Record.ExceptionAsync(() => task.WaitAsync(TimeSpan.FromSeconds(4), Cancel));
            Assert.True(error is RedisUnavailableException or ObjectDisposedException or OperationCanceledException, $"{error}");
        }
    }

    [Fact]
    public async Task Execute_WhileConnectionsBreakAllTheTime_AnswersOrFailsEachExactlyOnce()
    {
        const int Answers = 5_000;
        await using var server = new ScriptedServer(async (stream, cancel) =>
        {
            var buffer = new byte[64 << 10];
            for (var answered = 0; answered < Answers;)
            {
                var commands = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, cancel)).Count(c => c == '*');
                answered += commands;
                await ScriptedServer.Say(stream, string.Concat(Enumerable.Repeat("+OK\r\n", commands)));
            }
        });
        await using var client = server.Client();
        long answered = 0, failed = 0;
        const int Callers = 32, Each = 1_500;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var error = await Record.ExceptionAsync(() => client.ExecuteAsync(Ping, Cancel));
                Assert.True(error is null or RedisUnavailableException, $"{error}");
                Interlocked.Increment(ref error is null ? ref answered : ref failed);
            }
        }, Cancel))).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(Callers * Each, answered + failed);
        Assert.True(server.Connections > 3 && answered > Answers, $"{server.Connections} connections, {answered} answered");
    }

    [Fact]
    public async Task ExecuteAll_AmongOtherCallers_StaysContiguous()
    {
        var torn = 0;
        await using var server = new ScriptedServer(async (stream, cancel) =>
        {
            var reader = new StreamReader(stream, Encoding.ASCII);
            var open = -1;
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                open = line == "MULTI" ? 0 : line == "EXEC" ? -1 : open;
                torn += line == "ECHO" && open >= 0 ? 1 : 0;
                if (line.StartsWith('*'))
                {
                    await ScriptedServer.Say(stream, "+OK\r\n");
                }
            }
        });
        await using var client = server.Client(timeoutSeconds: 20);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await (n % 2 == 0
                    ? client.ExecuteAllAsync([new RedisCommand("MULTI"), new RedisCommand("SET", "k", "v"), new RedisCommand("EXEC")], Cancel)
                    : (Task)client.ExecuteAsync(new RedisCommand("ECHO", "x"), Cancel));
            }
        }, Cancel)));
        Assert.Equal(0, torn);
    }

    /// <summary>Says this to the first command of each connection.</summary>
    private static ScriptedServer Answering(string bytes, bool close = true) => new(async (stream, cancel) =>
    {
        await ScriptedServer.Hear(stream, "GET", cancel);
        await ScriptedServer.Say(stream, bytes);
        await (close ? Task.CompletedTask : ScriptedServer.Hear(stream, "never", cancel));
    });

    private static async Task WaitFor(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.True(tries < 100);
            await Task.Delay(20, Cancel);
        }
    }
}
