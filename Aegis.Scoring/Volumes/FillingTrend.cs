namespace Aegis.Scoring.Volumes;

/// <summary>How fast a volume fills, over a sliding window. One thread.</summary>
/// <remarks>
/// Files are rewritten and cut off all the time, so free space goes up and down. What counts is the most that was free
/// in each third of the window, and the slower of the two falls between thirds. So a single large file raises no alarm,
/// and neither does a log that grows and is cut off within a third.
/// </remarks>
internal sealed class FillingTrend(TimeProvider time)
{
    /// <summary>The shortest window that gives an estimate.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromMinutes(10);

    /// <summary>The longest window.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromHours(6);

    // An estimate reaches so many times as far ahead as the window reaches back.
    private const int Reach = 12;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    // The most that was free within each step, oldest first; At is a timestamp of the clock.
    private readonly List<(long At, long FreeBytes)> _steps = [];
    private long _newest;

    /// <summary>Takes in what is free now.</summary>
    public void Add(long freeBytes)
    {
        _newest = freeBytes;
        var now = time.GetTimestamp();
        if (_steps.Count > 0 && time.GetElapsedTime(_steps[^1].At, now) < Step)
        {
            _steps[^1] = (_steps[^1].At, Math.Max(_steps[^1].FreeBytes, freeBytes));
            return;
        }

        _steps.Add((now, freeBytes));
        if (time.GetElapsedTime(_steps[0].At, now) > MaxWindow)
        {
            _steps.RemoveAt(0);
        }
    }

    /// <summary>The time until only so much is free, at the present rate. Null while the volume does not fill, and while
    /// the window is too short to say: under ten minutes, or a twelfth of that time.</summary>
    public TimeSpan? TimeUntil(long freeBytes)
    {
        var third = _steps.Count / 3;
        if (third == 0 || time.GetElapsedTime(_steps[0].At, _steps[^1].At) is var window && window < MinWindow)
        {
            return null;
        }

        var (first, second, last) = (MostFree(3 * third), MostFree(2 * third), MostFree(third));
        var fallen = Math.Min(first - second, second - last);
        if (fallen <= 0)
        {
            return null;
        }

        var left = Math.Max(0, _newest - freeBytes) / (double)fallen * third * (window / (_steps.Count - 1));
        return left <= Reach * window ? left : null;

        // Of the third that begins so many steps before the end.
        long MostFree(int stepsBeforeEnd)
        {
            var most = 0L;
            for (var i = _steps.Count - stepsBeforeEnd; i < _steps.Count - stepsBeforeEnd + third; i++)
            {
                most = Math.Max(most, _steps[i].FreeBytes);
            }

            return most;
        }
    }
}
