using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Aegis.Streams.Redis;

/// <summary>One connection: commands go out in order, replies come back in order, many may be under way. Ends for good with the first fault.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly PipeReader _reader;
    private readonly NetworkStream _stream;
    private readonly Queue<TaskCompletionSource<RespValue>> _pending = new();
    private readonly SemaphoreSlim _flushNeeded = new(0);
    private readonly Lock _writeLock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _loops;
    private ArrayBufferWriter<byte> _outgoing = new(64 << 10);
    private ArrayBufferWriter<byte> _spare = new(64 << 10);
    private Exception? _fault;

    private RedisConnection(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 256 << 10, minimumReadSize: 16 << 10));
        _loops = Task.WhenAll(Task.Run(ReadLoop), Task.Run(FlushLoop));
    }

    public bool IsOpen => _fault is null;

    public static async Task<RedisConnection> OpenAsync(RedisEndpoint endpoint, CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(endpoint.Host, endpoint.Port, cancel);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            client.Dispose();
            throw new RedisUnavailableException($"Redis at {endpoint} cannot be reached: {e.Message}", e);
        }

        var connection = new RedisConnection(client);
        try
        {
            await connection.LogInAsync(endpoint, cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task LogInAsync(RedisEndpoint endpoint, CancellationToken cancel)
    {
        if (endpoint.Password is { } password)
        {
            var login = endpoint.User is { } user ? new RedisCommand("AUTH", user, password) : new RedisCommand("AUTH", password);
            var reply = await Send(login).WaitAsync(cancel);
            if (reply.Kind == RespKind.Error)
            {
                throw new RedisErrorException($"Redis at {endpoint} refused the login: {reply.Text}");
            }
        }

        // A server that reads its data back refuses commands one by one: a MULTI block could be torn where it becomes ready in between.
        var ping = await Send(new RedisCommand("PING")).WaitAsync(cancel);
        if (ping.Kind == RespKind.Error)
        {
            throw ping.Text.StartsWith("LOADING", StringComparison.Ordinal)
                ? new RedisUnavailableException($"Redis at {endpoint} is still reading its data back.")
                : new RedisErrorException($"Redis at {endpoint} refused a PING: {ping.Text}");
        }
    }

    /// <summary>Sends one command.</summary>
    public Task<RespValue> Send(RedisCommand command) => Send([command])[0];

    /// <summary>Sends commands back to back, so that a MULTI block stays together.</summary>
    public Task<RespValue>[] Send(IReadOnlyList<RedisCommand> commands)
    {
        var replies = new Task<RespValue>[commands.Count];
        lock (_writeLock)
        {
            for (var i = 0; i < commands.Count; i++)
            {
                var completion = new TaskCompletionSource<RespValue>(TaskCreationOptions.RunContinuationsAsynchronously);
                replies[i] = completion.Task;
                if (_fault is { } fault)
                {
                    completion.SetException(Unavailable(fault));
                    continue;
                }

                _pending.Enqueue(completion);
                commands[i].WriteTo(_outgoing);
            }
        }

        _flushNeeded.Release();
        return replies;
    }

    public async ValueTask DisposeAsync()
    {
        Close(new ObjectDisposedException(nameof(RedisConnection)));
        await _loops;
        _client.Dispose();
    }

    /// <summary>Sends what has gathered while the last write was under way: pipelining without waiting for it.</summary>
    private async Task FlushLoop()
    {
        try
        {
            while (true)
            {
                await _flushNeeded.WaitAsync(_closed.Token);
                lock (_writeLock)
                {
                    (_outgoing, _spare) = (_spare, _outgoing);
                }

                if (_spare.WrittenCount > 0)
                {
                    await _stream.WriteAsync(_spare.WrittenMemory, _closed.Token);
                    _spare.ResetWrittenCount();
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Close(e);
        }
    }

    private async Task ReadLoop()
    {
        try
        {
            while (true)
            {
                var result = await _reader.ReadAsync(_closed.Token);
                var (consumed, examined) = Complete(result.Buffer);
                _reader.AdvanceTo(consumed, examined);
                if (result.IsCompleted)
                {
                    throw new IOException("Redis closed the connection.");
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or RedisProtocolException)
        {
            Close(e);
        }
    }

    /// <summary>Hands out every whole reply of the buffer.</summary>
    private (SequencePosition Consumed, SequencePosition Examined) Complete(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (RespReader.TryRead(ref reader, out var value))
        {
            TaskCompletionSource<RespValue>? completion;
            lock (_writeLock)
            {
                _pending.TryDequeue(out completion);
            }

            if (completion is null)
            {
                throw new RedisProtocolException("Redis sent a reply to no command.");
            }

            completion.TrySetResult(value);
        }

        return (reader.Position, buffer.End);
    }

    private void Close(Exception fault)
    {
        List<TaskCompletionSource<RespValue>> orphans;
        lock (_writeLock)
        {
            _fault ??= fault;
            orphans = [.. _pending];
            _pending.Clear();
        }

        _closed.Cancel();
        _client.Close();
        foreach (var orphan in orphans)
        {
            orphan.TrySetException(Unavailable(_fault));
        }
    }

    private static RedisUnavailableException Unavailable(Exception fault) => new($"The connection to Redis broke: {fault.Message}", fault);
}
