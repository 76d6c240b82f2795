namespace Aegis.Core.Transactions;

/// <summary>Values by a code of two or three capital letters, found by index. The hot path makes no text for it.</summary>
internal sealed class CodeTable<T>
{
    private const int Letters = 26;
    private readonly T[] _values;
    private readonly int _length;

    /// <param name="length">The number of letters of a code.</param>
    /// <param name="values">The codes and their values; all other codes have the default.</param>
    public CodeTable(int length, IEnumerable<KeyValuePair<string, T>> values)
    {
        _length = length;
        _values = new T[(int)Math.Pow(Letters, length)];
        foreach (var (code, value) in values)
        {
            _values[IndexOf(code)] = value;
        }
    }

    /// <summary>Sets the value of a code.</summary>
    public void Set(string code, T value) => _values[IndexOf(code)] = value;

    /// <summary>The value of a code; the default for anything else.</summary>
    public T? this[ReadOnlySpan<char> code] => IndexOf(code) is >= 0 and var index ? _values[index] : default;

    /// <summary>The value of a code in ASCII; the default for anything else.</summary>
    public T? this[ReadOnlySpan<byte> code]
    {
        get
        {
            if (code.Length != _length)
            {
                return default;
            }

            var index = 0;
            foreach (var letter in code)
            {
                var digit = letter - 'A';
                if ((uint)digit >= Letters)
                {
                    return default;
                }

                index = (index * Letters) + digit;
            }

            return _values[index];
        }
    }

    private int IndexOf(ReadOnlySpan<char> code)
    {
        if (code.Length != _length)
        {
            return -1;
        }

        var index = 0;
        foreach (var letter in code)
        {
            if (!char.IsAsciiLetterUpper(letter))
            {
                return -1;
            }

            index = (index * Letters) + (letter - 'A');
        }

        return index;
    }
}
