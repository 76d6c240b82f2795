namespace Aegis.Streams.Redis;

/// <summary>What to do after an error of a cluster that says that a command did not run here, or not now.</summary>
internal enum RedirectionKind
{
    /// <summary>No such error.</summary>
    None,

    /// <summary>The slot is elsewhere for good.</summary>
    Moved,

    /// <summary>The slot is on its way; ask there this once.</summary>
    Ask,

    /// <summary>The cluster is busy with itself; try again.</summary>
    Later,
}

/// <summary>Such an error: <c>MOVED 3999 127.0.0.1:6381</c>, <c>ASK 3999 127.0.0.1:6381</c>, <c>TRYAGAIN ...</c>, <c>CLUSTERDOWN ...</c>.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Slot">The slot it is about, where it names one.</param>
/// <param name="Address">Where to go, where it names one.</param>
internal readonly record struct Redirection(RedirectionKind Kind, int Slot, RedisAddress Address)
{
    private static readonly string[] Passing = ["TRYAGAIN", "CLUSTERDOWN"];

    /// <param name="reply">Any reply.</param>
    /// <param name="asked">Who sent it; takes the place of a host left out.</param>
    public static Redirection Of(RespValue reply, RedisAddress asked)
    {
        if (reply.Kind != RespKind.Error)
        {
            return default;
        }

        var text = reply.Text;
        var kind = text.StartsWith("MOVED ", StringComparison.Ordinal) ? RedirectionKind.Moved : text.StartsWith("ASK ", StringComparison.Ordinal) ? RedirectionKind.Ask : RedirectionKind.None;
        if (kind == RedirectionKind.None)
        {
            return Passing.Any(code => text.StartsWith(code, StringComparison.Ordinal)) ? new Redirection(RedirectionKind.Later, 0, asked) : default;
        }

        var parts = text.Split(' ');
        if (parts.Length < 3 || !int.TryParse(parts[1], out var slot) || slot is < 0 or >= HashSlot.Count)
        {
            return default;
        }

        var where = parts[2].StartsWith(':') ? asked.Host + parts[2] : parts[2];
        return RedisAddress.TryParse(where, out var address) ? new Redirection(kind, slot, address) : default;
    }
}
