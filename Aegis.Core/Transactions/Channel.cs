namespace Aegis.Core.Transactions;

/// <summary>How the card was presented. The numeric values are part of the log format and never change.</summary>
public enum Channel : byte
{
    /// <summary>Chip read at a terminal.</summary>
    Chip = 0,

    /// <summary>Contactless read at a terminal.</summary>
    Contactless = 1,

    /// <summary>Magnetic stripe read at a terminal.</summary>
    Swipe = 2,

    /// <summary>Paid on a web site or in an app.</summary>
    Ecommerce = 3,

    /// <summary>Cash taken from a machine.</summary>
    Atm = 4,

    /// <summary>Mail order or telephone order.</summary>
    Moto = 5,
}

/// <summary>The names of channels in messages, and whether the card is at the merchant.</summary>
public static class Channels
{
    /// <summary>Message names, indexed by <see cref="Channel"/>.</summary>
    public static readonly string[] Names = ["chip", "contactless", "swipe", "ecommerce", "atm", "moto"];

    /// <summary>The number of channels.</summary>
    public const int Count = 6;

    /// <summary>The message name of a channel.</summary>
    public static string Name(this Channel channel) => Names[(int)channel];

    /// <summary>True if the card itself was at the merchant, so that place and speed have a meaning.</summary>
    public static bool IsCardPresent(this Channel channel) => channel is not (Channel.Ecommerce or Channel.Moto);

    /// <summary>Reads a message name; case does not matter.</summary>
    public static bool TryParse(string? name, out Channel channel)
    {
        var index = Array.FindIndex(Names, n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        channel = (Channel)Math.Max(index, 0);
        return index >= 0;
    }
}
