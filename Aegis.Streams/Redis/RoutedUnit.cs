namespace Aegis.Streams.Redis;

/// <summary>Commands of a batch that go to one node together: a single one, or a MULTI block with all that is in it.</summary>
internal sealed class RoutedUnit
{
    private RoutedUnit(int first, int count, int? slot) => (First, Count, Slot) = (first, count, slot);

    /// <summary>The place of its first command in the batch.</summary>
    public int First { get; }

    /// <summary>The number of its commands.</summary>
    public int Count { get; }

    /// <summary>The slot of its keys; null where any node will do.</summary>
    public int? Slot { get; }

    /// <summary>The node to ask this once, with ASKING before it.</summary>
    public RedisAddress? Ask { get; set; }

    /// <summary>Why it has no reply yet.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Parts a batch. A command without a key follows the one before it.</summary>
    /// <exception cref="RedisErrorException">A command or MULTI block has keys of several slots.</exception>
    public static List<RoutedUnit> Split(IReadOnlyList<RedisCommand> commands)
    {
        var units = new List<RoutedUnit>(commands.Count);
        int? before = null;
        for (var first = 0; first < commands.Count;)
        {
            var count = 1;
            if (Is(commands[first], "MULTI"u8))
            {
                while (first + count < commands.Count && !Is(commands[first + count - 1], "EXEC"u8))
                {
                    count++;
                }
            }

            before = (count == 1 ? CommandKeys.SlotOf(commands[first]) : CommandKeys.SlotOf(commands.Skip(first).Take(count))) ?? before;
            units.Add(new RoutedUnit(first, count, before));
            first += count;
        }

        return units;
    }

    private static bool Is(RedisCommand command, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(command.Argument(0), name);
}
