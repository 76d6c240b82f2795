using System.Buffers;

namespace Aegis.Streams.Redis;

/// <summary>Commands that go out back to back, and whoever waits for their replies.</summary>
/// <param name="deadline">When its connection is given up, as a <see cref="TimeProvider"/> timestamp.</param>
/// <param name="isRaw">True where replies are wanted as they are.</param>
internal abstract class RedisRequest(long deadline, bool isRaw)
{
    /// <summary>When its connection is given up, as a <see cref="TimeProvider"/> timestamp.</summary>
    public long Deadline => deadline;

    /// <summary>True where replies are wanted as they are; an error is decoded all the same.</summary>
    public bool IsRaw => isRaw;

    public abstract void WriteTo(IBufferWriter<byte> writer);

    /// <summary>Takes the next reply.</summary>
    /// <returns>True where it was the last.</returns>
    public abstract bool Take(RespValue reply);

    public abstract void Fail(Exception fault);
}

/// <summary>One command.</summary>
internal sealed class SingleRequest(RedisCommand command, long deadline, bool isRaw = false) : RedisRequest(deadline, isRaw)
{
    private readonly TaskCompletionSource<RespValue> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RespValue> Reply => _completion.Task;

    public override void WriteTo(IBufferWriter<byte> writer) => command.WriteTo(writer);

    public override bool Take(RespValue reply)
    {
        _completion.SetResult(reply);
        return true;
    }

    public override void Fail(Exception fault) => _completion.SetException(fault);
}

/// <summary>Several commands, answered together.</summary>
/// <param name="commands">At least one; sent back to back, so that a MULTI block stays together.</param>
/// <param name="deadline">As above.</param>
/// <param name="isRaw">As above.</param>
internal sealed class BatchRequest(IReadOnlyList<RedisCommand> commands, long deadline, bool isRaw = false) : RedisRequest(deadline, isRaw)
{
    private readonly TaskCompletionSource<RespValue[]> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RespValue[] _replies = new RespValue[commands.Count];
    private int _taken;

    public Task<RespValue[]> Replies => _completion.Task;

    public override void WriteTo(IBufferWriter<byte> writer)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            commands[i].WriteTo(writer);
        }
    }

    public override bool Take(RespValue reply)
    {
        _replies[_taken++] = reply;
        if (_taken < _replies.Length)
        {
            return false;
        }

        _completion.SetResult(_replies);
        return true;
    }

    public override void Fail(Exception fault) => _completion.SetException(fault);
}
