using Aegis.MachineLearning.Bundles;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary>Shows progress bars on a terminal, or a line for each new step if the output is a pipe.</summary>
internal static class ProgressBars
{
    /// <summary>Runs the work, shows its progress, and returns its result.</summary>
    public static T Run<T>(Func<IProgress<TrainingProgress>, T> work) => Console.IsOutputRedirected
        ? work(new Lines())
        : AnsiConsole.Progress().Start(context => work(new Bars(context)));

    private sealed class Bars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Dictionary<string, ProgressTask> _tasks = [];

        public void Report(TrainingProgress value)
        {
            lock (_tasks)
            {
                if (!_tasks.TryGetValue(value.Step, out var task))
                {
                    _tasks[value.Step] = task = context.AddTask(value.Step);
                }

                task.Value = Math.Max(task.Value, 100 * value.Share);
            }
        }
    }

    private sealed class Lines : IProgress<TrainingProgress>
    {
        private readonly HashSet<string> _seen = [];

        public void Report(TrainingProgress value)
        {
            lock (_seen)
            {
                if (_seen.Add(value.Step))
                {
                    Console.WriteLine($"{value.Step} ...");
                }
            }
        }
    }
}
