using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>Where in a command its keys stand: first after the name, except for the commands listed here.</summary>
internal static class CommandKeys
{
    private static readonly HashSet<string> Keyless = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACL", "ASKING", "AUTH", "CLIENT", "CLUSTER", "COMMAND", "CONFIG", "DBSIZE", "DEBUG", "DISCARD", "ECHO", "EXEC", "FLUSHALL", "FLUSHDB", "HELLO", "INFO", "LASTSAVE", "MULTI",
        "PING", "ROLE", "SAVE", "SHUTDOWN", "TIME", "WAIT",
    };

    // EVAL script 1 key argument...
    private static readonly HashSet<string> KeyAfterScript = new(StringComparer.OrdinalIgnoreCase) { "EVAL", "EVALSHA", "FCALL" };

    private static readonly HashSet<string> KeyAfterSubcommand = new(StringComparer.OrdinalIgnoreCase) { "MEMORY", "OBJECT", "XGROUP", "XINFO" };

    /// <summary>The slot of a command's keys; null where it has none.</summary>
    /// <exception cref="RedisErrorException">They are of several slots, and so of several nodes.</exception>
    public static int? SlotOf(RedisCommand command)
    {
        var name = Encoding.ASCII.GetString(command.Argument(0));
        if (Keyless.Contains(name))
        {
            return null;
        }

        if (name.StartsWith("XREAD", StringComparison.OrdinalIgnoreCase))
        {
            return SlotOfStreams(command);
        }

        var index = KeyAfterScript.Contains(name) ? 3 : KeyAfterSubcommand.Contains(name) ? 2 : 1;
        return index < command.Count ? HashSlot.Of(command.Argument(index)) : null;
    }

    /// <summary><c>XREAD COUNT 10 STREAMS key1 key2 id1 id2</c>.</summary>
    private static int? SlotOfStreams(RedisCommand command)
    {
        var first = 1;
        while (first < command.Count && !Ascii.EqualsIgnoreCase(command.Argument(first), "STREAMS"u8))
        {
            first++;
        }

        int? slot = null;
        var keys = (command.Count - ++first) / 2;
        for (var i = first; i < first + keys; i++)
        {
            slot = Same(slot, HashSlot.Of(command.Argument(i)));
        }

        return slot;
    }

    /// <summary>The slot of commands that run as one.</summary>
    /// <exception cref="RedisErrorException">They are of several slots, and so of several nodes.</exception>
    public static int? SlotOf(IEnumerable<RedisCommand> block)
    {
        int? slot = null;
        foreach (var command in block)
        {
            slot = SlotOf(command) is { } another ? Same(slot, another) : slot;
        }

        return slot;
    }

    private static int Same(int? slot, int another) => slot is null || slot == another
        ? another
        : throw new RedisErrorException($"Keys of the slots {slot} and {another} stand in one command or MULTI block; allowed in a Redis Cluster: keys of one slot, that is, with one {{hash tag}}.");
}
